import type { Instant } from "./ids.ts";

/** Every "no" a person can hear, with the status an API caller sees and the words a screen falls back to. */
export const refusals = {
  malformed: { http: 400, say: "This is not one of our codes.", next: "Scan the code shown by the Tessera app." },
  unsupported: {
    http: 400,
    say: "This kind of code is newer than this desk.",
    next: "Reload this page and scan again.",
  },
  disabled: { http: 503, say: "Codes are switched off at the moment.", next: "Ask the staff, or try again later." },
  idempotency_mismatch: {
    http: 422,
    say: "This scan was already used for another code.",
    next: "Scan the code again.",
  },
  not_found: { http: 404, say: "We don't know this code.", next: "Ask for a fresh code." },
  revoked: { http: 410, say: "This code was cancelled.", next: "Ask for a fresh code." },
  not_yet_valid: { http: 409, say: "This code opens later.", next: "Come back when it opens." },
  already_redeemed: { http: 409, say: "This code has already been used.", next: "Ask for a fresh code." },
  expired: { http: 410, say: "This code has expired.", next: "Ask for a fresh code." },
  resource_unavailable: {
    http: 409,
    say: "This is not available right now.",
    next: "Choose another, or come back later.",
  },
  not_checked_out: { http: 409, say: "This is not checked out.", next: "There is nothing to return." },
} as const;

export type RefusalReason = keyof typeof refusals;

/** The use that took the code: who, where and when. */
export interface UseEvidence {
  at: Instant;
  /** Name of the desk that took it; null when a member did it alone or the desk is gone. */
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

/** One "no" with the facts that justify it. */
export type Refusal =
  | { reason: "already_redeemed"; evidence: UseEvidence }
  | { reason: "revoked"; evidence: { at: Instant; by: string | null } }
  | { reason: "not_yet_valid"; evidence: { validFrom: Instant } }
  | { reason: "expired"; evidence: { expiredAt: Instant } }
  | { reason: "resource_unavailable"; evidence: UnavailableEvidence }
  | { reason: "not_checked_out"; evidence: { resource: string } }
  | { reason: "malformed" | "unsupported" | "disabled" | "idempotency_mismatch" | "not_found" };
