/** Found again by what was thrown first, however often it was wrapped since. */
const traces = new WeakMap<object, string>();

/**
 * @param error What a call failed with.
 * @returns A name for this failure: it stands in the log beside the error, and in an incident beside the call.
 */
export function traceOf(error: Error): string {
  const first = error.cause instanceof Error ? error.cause : error;
  const known = traces.get(first);
  if (known) return known;
  const trace = crypto.randomUUID();
  traces.set(first, trace);
  return trace;
}
