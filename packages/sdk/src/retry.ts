import type { Failure } from "@tessera/contracts";

export interface RetryOptions {
  /** How often in all, the first time included. */
  tries?: number;
  /** Ends the asking: the caller gave up. */
  signal?: AbortSignal;
  /** How long one attempt may take, milliseconds. */
  patienceMs?: number;
  /** For tests: waits this many milliseconds. */
  pause?: (ms: number) => Promise<void>;
}

/**
 * Asks again while the answer is "not decided yet": the failures of the contract, and a server that cannot be reached.
 * Only for calls that carry an id of their own, since what was sent may have been done.
 *
 * @param ask One attempt; it ends when its signal says so.
 * @param options How long to go on: five tries of at most 5 seconds, some 6 seconds of pauses between them.
 * @returns The first answer.
 * @throws The last failure, or the first error that asking again cannot heal.
 */
export async function untilAnswered<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions = {},
): Promise<T> {
  const { tries = 5, signal, patienceMs = 5_000, pause = wait } = options;
  for (let attempt = 1; ; attempt++) {
    const late = AbortSignal.timeout(patienceMs);
    try {
      return await ask(signal ? AbortSignal.any([signal, late]) : late);
    } catch (error) {
      if (attempt >= tries || signal?.aborted || !isUndecided(error)) throw error;
      await pause(Math.min(4_000, 200 * 2 ** attempt) * (0.5 + Math.random() / 2));
    }
  }
}

/**
 * @param error As the client threw it.
 * @returns The failure it names, `unreachable` when no answer came at all, null for an error that is final.
 */
export function failureIn(error: unknown): Failure | "unreachable" | null {
  if (!(error instanceof Error)) return null;
  const data = "data" in error ? (error.data as { failure?: Failure | null; httpStatus?: number } | null) : undefined;
  if (data?.failure) return data.failure;
  if (data) return null;
  return error.name === "TRPCClientError" ? "unreachable" : null;
}

const isUndecided = (error: unknown): boolean => failureIn(error) !== null;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
