import {
  type Redeemed,
  type RedemptionOutcome,
  type Refusal,
  type RefusalReason,
  refusalWords,
  type Speech,
} from "@tessera/contracts";
import { shortMoment } from "./moments.ts";

/** yes: done. kept: taken down offline, to be confirmed. look: the code is good, something is in the way. no: not this code. */
export type OutcomeTone = "yes" | "kept" | "look" | "no";

/** One answer of a desk, ready to be shown. */
export interface Outcome {
  tone: OutcomeTone;
  /** One or two words, the largest on the screen. */
  word: string;
  /** Whose and what; null when nothing is known. */
  subject: string | null;
  detail: string | null;
  next: string | null;
}

const refused: Record<RefusalReason, { tone: OutcomeTone; word: string }> = {
  malformed: { tone: "no", word: "Not our code" },
  unsupported: { tone: "look", word: "Too new" },
  unknown_key: { tone: "no", word: "Not valid here" },
  bad_signature: { tone: "no", word: "Not genuine" },
  wrong_audience: { tone: "look", word: "Not for this desk" },
  disabled: { tone: "look", word: "Switched off" },
  idempotency_mismatch: { tone: "look", word: "Scan again" },
  withdrawn: { tone: "look", word: "Taken back" },
  not_found: { tone: "no", word: "Unknown" },
  revoked: { tone: "no", word: "Cancelled" },
  not_yet_valid: { tone: "look", word: "Too early" },
  already_redeemed: { tone: "no", word: "Already used" },
  expired: { tone: "no", word: "Expired" },
  rotating_code_stale: { tone: "look", word: "Old picture" },
  rotating_code_replayed: { tone: "no", word: "Scanned before" },
  held_offline: { tone: "look", word: "Kept elsewhere" },
  resource_unavailable: { tone: "look", word: "Not available" },
  queue_ahead: { tone: "look", word: "Kept" },
  limit_reached: { tone: "look", word: "Enough at once" },
  not_checked_out: { tone: "look", word: "Not out" },
};

/** The words and the tone of one redemption, for the person at the desk. */
export function outcomeOf(redemption: RedemptionOutcome, speech: Speech): Outcome {
  return redemption.kind === "redeemed" ? done(redemption, speech) : outcomeOfRefusal(redemption.refusal, speech);
}

/** The words and the tone of a "no" that came before any desk: a code that could not be had. */
export function outcomeOfRefusal(refusal: Refusal, speech: Speech): Outcome {
  const { say, next } = refusalWords(refusal, speech);
  return { ...refused[refusal.reason], subject: null, detail: say, next };
}

function done({ purpose, holder, resource, dueAt, at, undoneAt }: Redeemed, speech: Speech): Outcome {
  const subject = `${resource.name}, ${holder.name}`;
  if (undoneAt) {
    const detail = `Taken back ${shortMoment(undoneAt, speech)}`;
    return { tone: "look", word: "Taken back", subject, detail, next: "Ask for a fresh code to do it again." };
  }
  const due = shortMoment(dueAt, speech);
  if (purpose === "check_out") {
    return { tone: "yes", word: "Checked out", subject, detail: `Due back ${due}`, next: "Hand it over." };
  }
  const detail = at > dueAt ? `Late: it was due ${due}` : "Back in time. Thank you";
  return { tone: "yes", word: "Returned", subject, detail, next: "Put it back in its place." };
}
