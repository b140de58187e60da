/** A row of a page's table of goals. A goal whose figure was not measured is not reached. */
export const atLeast = (goal: string, value: number | undefined, least: number, unit: string): string =>
  row(`${goal}: at least ${least}${unit}`, value, unit, value !== undefined && value >= least);

/** As `atLeast`, for what should be small. */
export const atMost = (goal: string, value: number | undefined, most: number, unit: string): string =>
  row(`${goal}: at most ${most}${unit}`, value, unit, value !== undefined && value <= most);

/** @returns How many times the other; undefined when one of them was not measured. */
export const ratio = (one?: number, other?: number): number | undefined =>
  one !== undefined && other ? one / other : undefined;

const row = (goal: string, value: number | undefined, unit: string, isReached: boolean) =>
  `| ${goal} | ${value === undefined ? "not measured" : value.toFixed(value < 10 ? 2 : 1) + unit} | ${isReached ? "yes" : "no"} |`;

/** @returns A number as people read it: 12,345. */
export const thousands = (number: number): string => Math.round(number).toLocaleString("en-US");
