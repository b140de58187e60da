import type { WaitingTime } from "@tessera/contracts";

/** How long some requests took. */
export interface Timings {
  of: number;
  medianSeconds: number;
  p90Seconds: number;
}

/** Fewer say nothing about the next one. */
export const LEAST_HISTORY = 5;

/**
 * What a guest is told of how long it takes.
 *
 * @param hour Of the requests that were made at this hour of the day.
 * @param day Of all.
 * @returns The hour's figures where there are enough, else those of all hours; null, rather than a guess, where even those are
 *   too few.
 */
export function waitingTimeOf(hour: Timings, day: Timings): WaitingTime | null {
  const basis = hour.of >= LEAST_HISTORY ? "hour" : "day";
  const { of, medianSeconds, p90Seconds } = basis === "hour" ? hour : day;
  if (of < LEAST_HISTORY) return null;
  return { basis, of, medianSeconds: Math.round(medianSeconds), p90Seconds: Math.round(p90Seconds) };
}
