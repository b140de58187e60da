/**
 * The promises of the redemption protocol that the referee looks at. Each name says what was broken. I13 has none of its
 * own: a verdict that hung on a lock would break I10, which knows only the code, the scan and the database's clock.
 */
export const invariants = [
  "I1 uses",
  "I2 one open check-out",
  "I3 lost yes",
  "I4 two answers",
  "I5 unjustified no",
  "I6 journal",
  "I7 subscriber",
  "I8 tenancy",
  "I9 revoked",
  "I10 verdict",
  "I11 offline",
  "I12 untold",
  "I14 liveness",
] as const;
export type Invariant = (typeof invariants)[number];

/** A promise was broken. */
export class Violation extends Error {
  readonly invariant: Invariant;

  constructor(invariant: Invariant, what: string) {
    super(`${invariant}: ${what}`);
    this.name = "Violation";
    this.invariant = invariant;
  }
}

/** @throws Violation Unless it is so. `what` is asked only then. */
export function hold(isSo: boolean, invariant: Invariant, what: () => string): asserts isSo {
  if (!isSo) throw new Violation(invariant, what());
}
