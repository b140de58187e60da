/** A promise that was broken, as a sentence with its evidence. */
export interface Violation {
  /** The checker that saw it. */
  checker: string;
  /** Which invariant of the protocol: `I1` to `I14`. */
  invariant: string;
  /** What happened, in one sentence that names ids and times. */
  says: string;
}

/** @returns Makes violations of one checker. */
export const violationsOf =
  (checker: string) =>
  (invariant: string, says: string): Violation => ({ checker, invariant, says });

/** @returns How many of something: `1 event`, `3 events`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** @returns At most a few of many, for a sentence that people read. */
export function few(items: readonly string[], most = 4): string {
  const rest = items.length - most;
  return rest > 0 ? `${items.slice(0, most).join(", ")} and ${rest} more` : items.join(", ");
}
