/** The middle, the slow end and the worst of some times, milliseconds, rounded to a tenth. */
export interface Spread {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** @returns All zero when there is nothing. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => tenth(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: tenth(sorted.at(-1) ?? 0) };
}

export const tenth = (ms: number): number => Math.round(ms * 10) / 10;
