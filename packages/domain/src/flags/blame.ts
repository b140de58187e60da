import type { Traffic } from "@tessera/contracts/flags";

/** One look in 100 sees this by chance where both fail alike: the one-sided 1 % point of the normal distribution. */
const CLEARLY = 2.33;
/** With very many calls a hair's breadth is a clear difference, and no reason to turn anything off. */
const TIMES_WORSE = 2;

/**
 * How clearly one share of failures is above another: the z of a two-proportion test with the pooled share, one-sided.
 * The formula is that of the NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3.
 *
 * @param one Calls and failures, one call at least.
 * @param other The same of those to compare with.
 * @returns 0 where nothing or everything failed in both.
 */
export function zOfDifference(one: Traffic, other: Traffic): number {
  const pooled = (one.failures + other.failures) / (one.calls + other.calls);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.calls + 1 / other.calls));
  return error > 0 ? (one.failures / one.calls - other.failures / other.calls) / error : 0;
}

/**
 * Whether a flag is to blame for the failures of those it is on for.
 *
 * @param exposed Their calls, which fail more than the flag's limit allows.
 * @param unexposed The calls of the others in the same time.
 * @param minCalls With fewer calls of the others there is nothing to compare with, and the limit alone decides.
 * @returns False when the others fail as much: then it is something that both have in common.
 */
export function isToBlame(exposed: Traffic, unexposed: Traffic, minCalls: number): boolean {
  if (unexposed.calls < Math.max(minCalls, 1)) return true;
  const isTwice = exposed.failures * unexposed.calls >= TIMES_WORSE * unexposed.failures * exposed.calls;
  return isTwice && zOfDifference(exposed, unexposed) > CLEARLY;
}
