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
  not_reservable: { say: "This cannot be reserved.", next: "Take it when it is free, or wait in its queue." },
  slot_taken: { say: "This time is taken.", next: "Choose another time." },
  too_long: { say: "This is longer than it is lent for.", next: "Choose a shorter time." },
  too_far_ahead: { say: "This is too far ahead.", next: "Choose an earlier day." },
  enough_reserved: { say: "You have reserved as much as one person may.", next: "Give a reservation back first." },
  is_free: { say: "Nobody has this.", next: "Show a code at the desk and take it." },
  is_yours: { say: "You have this.", next: "There is nothing to wait for." },
  not_waiting: { say: "You do not wait for this.", next: "Load the page again." },
  changed_meanwhile: {
    say: "Somebody else has saved the rules meanwhile.",
    next: "Look at theirs, then change them again.",
  },
} as const;

/** One "no" with the facts that justify it. */
export type LendingRefusal =
  | { reason: "already_back"; evidence: { at: Instant } }
  | { reason: "renewed_too_often"; evidence: { allowed: number } }
  | { reason: "somebody_waits"; evidence: { waiting: number } }
  | { reason: "overdue_too_long"; evidence: { dueAt: Instant } }
  | { reason: "slot_taken"; evidence: { from: Instant; until: Instant } }
  | { reason: "too_long"; evidence: { longestMinutes: number } }
  | { reason: "too_far_ahead"; evidence: { days: number } }
  | { reason: "enough_reserved"; evidence: { most: number } }
  | { reason: PlainLendingReason };

/** Reasons that need no facts beside them. */
export type PlainLendingReason =
  | "not_found"
  | "not_yours"
  | "changed_meanwhile"
  | "not_reservable"
  | "is_free"
  | "is_yours"
  | "not_waiting";

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
    case "slot_taken": {
      const { from, until } = refusal.evidence;
      return { say: `It is taken from ${day(from, speech)} until ${day(until, speech)}.`, next };
    }
    case "too_long":
      return { say: `It is lent for ${lengthWords(refusal.evidence.longestMinutes)} at most.`, next };
    case "too_far_ahead":
      return { say: `It can be reserved ${refusal.evidence.days} days ahead.`, next };
    case "enough_reserved":
      return { say: `You have reserved ${refusal.evidence.most} times to come, as many as one person may.`, next };
    default:
      return { say, next };
  }
}

/** "today, 14:02" or "Tue 24 Nov, 14:02": as `when` says it, without its preposition. */
const day = (instant: Instant, speech: Speech): string => when(instant, speech).replace(/^(at|on) /, "");

/** @returns A length of time in the largest whole unit: "7 days", "4 hours", "90 minutes". */
export function lengthWords(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
