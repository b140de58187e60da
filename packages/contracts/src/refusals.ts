import type { Instant } from "./ids.ts";

/** Every "no" a person can hear, with the status an API caller sees and the words a screen falls back to. */
export const refusals = {
  malformed: { http: 400, say: "This is not one of our codes.", next: "Scan the code shown by the Tessera app." },
  unsupported: {
    http: 400,
    say: "This kind of code is newer than this desk.",
    next: "Reload this page and scan again.",
  },
  unknown_key: {
    http: 400,
    say: "This code was made with a key that is not in use.",
    next: "Ask for a fresh code.",
  },
  bad_signature: { http: 400, say: "This code is not genuine.", next: "Ask for a fresh code." },
  wrong_audience: { http: 400, say: "This code is not for this desk.", next: "Show it where it is meant to be used." },
  disabled: { http: 503, say: "Codes are switched off at the moment.", next: "Ask the staff, or try again later." },
  idempotency_mismatch: {
    http: 422,
    say: "This scan was already used for another code.",
    next: "Scan the code again.",
  },
  withdrawn: { http: 409, say: "This scan was taken back before it was decided.", next: "Scan the code again." },
  not_found: { http: 404, say: "We don't know this code.", next: "Ask for a fresh code." },
  revoked: { http: 410, say: "This code was cancelled.", next: "Ask for a fresh code." },
  not_yet_valid: { http: 409, say: "This code opens later.", next: "Come back when it opens." },
  already_redeemed: { http: 409, say: "This code has already been used.", next: "Ask for a fresh code." },
  expired: { http: 410, say: "This code has expired.", next: "Ask for a fresh code." },
  rotating_code_stale: {
    http: 409,
    say: "This is an old picture of a code that changes.",
    next: "Open the app and show the code as it is now.",
  },
  rotating_code_replayed: {
    http: 409,
    say: "This picture of the code was scanned before.",
    next: "Wait half a minute for the next one.",
  },
  held_offline: {
    http: 409,
    say: "This code is kept for another desk.",
    next: "Show it at that desk, or wait until then.",
  },
  resource_unavailable: {
    http: 409,
    say: "This is not available right now.",
    next: "Choose another, or come back later.",
  },
  queue_ahead: {
    http: 409,
    say: "This is kept for somebody else.",
    next: "Wait in its queue, or choose another.",
  },
  limit_reached: {
    http: 409,
    say: "This is more than one person may have at once.",
    next: "Bring something back first.",
  },
  not_checked_out: { http: 409, say: "This is not checked out.", next: "There is nothing to return." },
} as const;

export type RefusalReason = keyof typeof refusals;

/** The use that took the code: who, where and when. */
export interface UseEvidence {
  at: Instant;
  /** Name of the desk, or of the member of staff, that took it; null when it is not known any more. */
  desk: string | null;
  holder: string;
  resource: string;
  useNo: number;
  maxUses: number;
}

/** What stands in the way of a check-out. `dueAt` is null when nobody has it, `holder` when the asker may not know. */
export interface UnavailableEvidence {
  resource: string;
  holder: string | null;
  dueAt: Instant | null;
}

/** For somebody else a thing is kept, or reserved. `place` is the asker's own in its queue; null: they do not wait. */
export interface KeptEvidence {
  resource: string;
  until: Instant;
  place: number | null;
}

/** One "no" with the facts that justify it. */
export type Refusal =
  | { reason: "already_redeemed"; evidence: UseEvidence }
  | { reason: "revoked"; evidence: { at: Instant; by: string | null } }
  | { reason: "not_yet_valid"; evidence: { validFrom: Instant } }
  | { reason: "expired"; evidence: { expiredAt: Instant } }
  | { reason: "resource_unavailable"; evidence: UnavailableEvidence }
  | { reason: "not_checked_out"; evidence: { resource: string } }
  | { reason: "queue_ahead"; evidence: KeptEvidence }
  | { reason: "limit_reached"; evidence: { limit: number } }
  | { reason: "withdrawn"; evidence: { at: Instant } }
  | { reason: "held_offline"; evidence: { desk: string | null; until: Instant } }
  | { reason: PlainReason };

/** Reasons that need no facts beside them. */
export type PlainReason = Exclude<RefusalReason, EvidencedReason>;
type EvidencedReason =
  | "already_redeemed"
  | "revoked"
  | "not_yet_valid"
  | "expired"
  | "resource_unavailable"
  | "not_checked_out"
  | "limit_reached"
  | "queue_ahead"
  | "withdrawn"
  | "held_offline";
