import type { AlertSeverity, SuspicionKind } from "@tessera/contracts";

/** When something that happens now and then becomes a suspicion. */
export interface Suspect {
  /** What counts together. */
  withinMinutes: number;
  /** From how many on it is how bad; the mildest first. */
  from: Readonly<Partial<Record<AlertSeverity, number>>>;
}

/**
 * The one table of suspicions: how many of a kind, by one subject, in how many minutes.
 *
 * Critical ones are those that nobody comes to by mistake, and that nobody outside can make: three of them open the breaker, so a
 * stranger who could raise one could switch check-out off for everybody. What strangers do is a warning at most.
 */
export const suspicions: Readonly<Record<SuspicionKind, Suspect>> = {
  /** Typing errors, codes of other houses and old print-outs: a whole party may bring them, so there is no more to it than a warning. */
  failed_validations: { withinMinutes: 10, from: { info: 5, warning: 15 } },
  /** No camera misreads a signature into another that is well formed. */
  forged_codes: { withinMinutes: 10, from: { warning: 3, critical: 10 } },
  /** Different used codes at one desk that did not use them: one is a person who asks again, a handful is somebody with copies. */
  code_reuse: { withinMinutes: 10, from: { info: 3, warning: 6, critical: 20 } },
  two_places: { withinMinutes: 10, from: { warning: 1, critical: 5 } },
  desk_cloned: { withinMinutes: 10, from: { critical: 1 } },
  /** A loop in somebody's program, more often than an attack. */
  limit_storm: { withinMinutes: 5, from: { info: 20, warning: 100 } },
  /** Different tokens: a blocked kiosk that asks with the same one again and again is none of it. */
  made_up_tokens: { withinMinutes: 10, from: { info: 5, warning: 20 } },
  failed_sign_ins: { withinMinutes: 10, from: { info: 5, warning: 15 } },
};

/**
 * Sooner than this nobody is at the next desk with the same code: desks have no coordinates, so the rule is the same for two
 * desks of one hall as for two towns, and short enough for the hall.
 */
export const TRAVEL_MS = 20_000;
