import { performance } from "node:perf_hooks";

/** What a run of many redemptions gave. */
export interface Measured {
  count: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/**
 * Sends `count` requests, always `inFlight` of them at once: whoever is answered asks again at once.
 *
 * @param count How many.
 * @param inFlight How many callers.
 * @param one Makes the n-th request, for one of the callers.
 */
export async function load(
  count: number,
  inFlight: number,
  one: (turn: number, caller: number) => Promise<void>,
): Promise<Measured> {
  const took = new Float64Array(count);
  let next = 0;
  const caller = async (_: unknown, number: number) => {
    for (let turn = next++; turn < count; turn = next++) {
      const began = performance.now();
      await one(turn, number);
      took[turn] = performance.now() - began;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, caller));
  return measured(took, performance.now() - began);
}

/**
 * @param took How long each took, milliseconds.
 * @param wallMs How long all took together.
 */
export function measured(took: Float64Array, wallMs: number): Measured {
  const sorted = took.toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: took.length, perSecond: (took.length / wallMs) * 1_000, p50: at(0.5), p99: at(0.99) };
}

/** @returns The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
