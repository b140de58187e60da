import type { Instant } from "./ids.ts";
import { type Speech, when } from "./refusal-words.ts";

/** Every "no" about loans, reservations and queues that is not said to a scan, with the words a screen falls back to. */
export const lendingRefusals = {
  not_found: { say: "This is not here any more.", next: "Load the list again." },
  not_yours: { say: "This loan is somebody else's.", next: "Ask them, or the staff." },
  already_back: { say: "This was brought back.", next: "Take it out again if you need it longer." },
  renewed_too_often: { say: "This was renewed as often as it can be.", next: "Bring it back when it is due." },
  somebody_waits: { say: "Somebody else waits for this.", next: "Bring it back when it is due." },
  overdue_too_long: { say: "This is overdue for too long to be renewed.", next: "Bring it back, please." },
  changed_meanwhile: {
    say: "Somebody else has saved the rules meanwhile.",
    next: "Look at theirs, then change them again.",
  },
} as const;

export type LendingReason = keyof typeof lendingRefusals;

/** One "no" with the facts that justify it. */
export type LendingRefusal =
  | { reason: "already_back"; evidence: { at: Instant } }
  | { reason: "renewed_too_often"; evidence: { allowed: number } }
  | { reason: "somebody_waits"; evidence: { waiting: number } }
  | { reason: "overdue_too_long"; evidence: { dueAt: Instant } }
  | { reason: "not_found" | "not_yours" | "changed_meanwhile" };

/**
 * The words of one refusal about a loan, with its evidence, for a person.
 *
 * @param refusal The refusal and its facts.
 * @param speech The reader's language, zone and now.
 * @returns `say`: what is the matter. `next`: what to do.
 */
export function lendingWords(refusal: LendingRefusal, speech: Speech): { say: string; next: string } {
  const { say, next } = lendingRefusals[refusal.reason];
  switch (refusal.reason) {
    case "already_back":
      return { say: `This was brought back ${when(refusal.evidence.at, speech)}.`, next };
    case "renewed_too_often": {
      const { allowed } = refusal.evidence;
      if (allowed === 0) return { say: "This cannot be renewed.", next };
      return {
        say: allowed === 1 ? "This can be renewed once, and was." : `This can be renewed ${allowed} times, and was.`,
        next,
      };
    }
    case "somebody_waits": {
      const { waiting } = refusal.evidence;
      return { say: waiting === 1 ? "Somebody waits for this." : `${waiting} people wait for this.`, next };
    }
    case "overdue_too_long":
      return { say: `This was due ${when(refusal.evidence.dueAt, speech)}: too long ago to renew it.`, next };
    default:
      return { say, next };
  }
}
