import type { Traffic } from "@tessera/contracts/flags";

/**
 * Whether more than a share of the calls failed; exactly the share is not more.
 *
 * Counts in whole thousandths of a percent, the finest steps there are: 7 of 100 as a fraction is a little more than 7 %.
 *
 * @param traffic Calls, and how many of them failed.
 * @param percent The share, in percent.
 * @returns False where there were no calls.
 */
export const isAbove = ({ calls, failures }: Traffic, percent: number): boolean =>
  failures * 100_000 > Math.round(percent * 1_000) * calls;

/**
 * @param traffic Calls, one at least, and how many of them failed.
 * @returns The share that failed, for a person: `3.25 %`.
 */
export const shareFailed = ({ calls, failures }: Traffic): string =>
  `${Number(((failures / calls) * 100).toPrecision(3))} %`;
