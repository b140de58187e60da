/** Repeated trouble is told once in this time. */
const QUIET_MS = 10_000;

/**
 * @param tell Gets the first trouble, and then at most one in ten seconds.
 * @param now For tests: the clock, milliseconds.
 */
export function quietly(tell: (cause: unknown) => void, now: () => number = Date.now): (cause: unknown) => void {
  let quietUntil = 0;
  return (cause) => {
    if (now() < quietUntil) return;
    quietUntil = now() + QUIET_MS;
    tell(cause);
  };
}
