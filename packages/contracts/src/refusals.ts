import { z } from "zod";
import { Instant } from "./ids.ts";

/** Every "no" a person can hear, with the status an API caller sees and the words a screen falls back to. */
export const refusals = {
  malformed: { http: 400, say: "This is not one of our codes.", next: "Scan the code shown by the Tessera app." },
  unsupported: { http: 400, say: "This kind of code is newer than this desk.", next: "Reload this page and scan again." },
  disabled: { http: 503, say: "Codes are switched off at the moment.", next: "Ask the staff, or try again later." },
  idempotency_mismatch: { http: 422, say: "This scan was already used for another code.", next: "Scan the code again." },
  not_found: { http: 404, say: "We don't know this code.", next: "Ask for a fresh code." },
  revoked: { http: 410, say: "This code was cancelled.", next: "Ask for a fresh code." },
  not_yet_valid: { http: 409, say: "This code opens later.", next: "Come back when it opens." },
  already_redeemed: { http: 409, say: "This code has already been used.", next: "Ask for a fresh code." },
  expired: { http: 410, say: "This code has expired.", next: "Ask for a fresh code." },
  resource_unavailable: { http: 409, say: "This is not available right now.", next: "Choose another, or come back later." },
  not_checked_out: { http: 409, say: "This is not checked out.", next: "There is nothing to return." },
} as const;

export type RefusalReason = keyof typeof refusals;
export const RefusalReason: z.ZodType<RefusalReason> = z.enum(Object.keys(refusals) as [RefusalReason]);

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

const UseEvidence = z.object({
  at: Instant,
  desk: z.string().nullable(),
  holder: z.string(),
  resource: z.string(),
  useNo: z.int().positive(),
  maxUses: z.int().positive(),
});

export const Refusal: z.ZodType<Refusal> = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("already_redeemed"), evidence: UseEvidence }),
  z.object({ reason: z.literal("revoked"), evidence: z.object({ at: Instant, by: z.string().nullable() }) }),
  z.object({ reason: z.literal("not_yet_valid"), evidence: z.object({ validFrom: Instant }) }),
  z.object({ reason: z.literal("expired"), evidence: z.object({ expiredAt: Instant }) }),
  z.object({
    reason: z.literal("resource_unavailable"),
    evidence: z.object({ resource: z.string(), holder: z.string().nullable(), dueAt: Instant.nullable() }),
  }),
  z.object({ reason: z.literal("not_checked_out"), evidence: z.object({ resource: z.string() }) }),
  z.object({ reason: z.enum(["malformed", "unsupported", "disabled", "idempotency_mismatch", "not_found"]) }),
]);

/** How a screen writes moments: the viewer's language and clock. */
export interface Speech {
  locale: string;
  /** IANA zone; the viewer's own when left out. */
  timeZone?: string;
  /** The moment the words are read, so that "today" can be left out. */
  now: Date;
}

/**
 * The words of one refusal, with its evidence, for a person.
 *
 * @param refusal The refusal and its facts.
 * @param speech The reader's language, zone and now.
 * @returns `say`: what is the matter, one sentence. `next`: what to do, one sentence.
 */
export function refusalWords(refusal: Refusal, speech: Speech): { say: string; next: string } {
  const { say, next } = refusals[refusal.reason];
  switch (refusal.reason) {
    case "already_redeemed": {
      const { at, desk, holder, resource } = refusal.evidence;
      const where = desk ? ` at ${desk}` : "";
      return { say: `Used by ${holder} ${when(at, speech)}${where}, for ${resource}.`, next };
    }
    case "revoked": {
      const { at, by } = refusal.evidence;
      return { say: `Cancelled ${when(at, speech)}${by ? ` by ${by}` : ""}.`, next };
    }
    case "not_yet_valid":
      return { say: `This code opens ${when(refusal.evidence.validFrom, speech)}.`, next };
    case "expired":
      return { say: `This code expired ${when(refusal.evidence.expiredAt, speech)}.`, next };
    case "resource_unavailable": {
      const { resource, holder, dueAt } = refusal.evidence;
      if (!dueAt) return { say: `${resource} is not available right now.`, next };
      return { say: `${resource} is out${holder ? ` to ${holder}` : ""}, due ${when(dueAt, speech)}.`, next };
    }
    case "not_checked_out":
      return { say: `${refusal.evidence.resource} is not checked out.`, next };
    default:
      return { say, next };
  }
}

/**
 * A moment as people say it: the time alone today, with the day otherwise.
 *
 * @param instant The moment.
 * @param speech The reader's language, zone and now.
 * @returns For example "at 14:02" or "on Tue 24 Nov, 14:02".
 */
export function when(instant: Instant, speech: Speech): string {
  const { locale, now } = speech;
  const zone = speech.timeZone ? { timeZone: speech.timeZone } : {};
  const moment = new Date(instant);
  const day = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: "short" });
  const time = new Intl.DateTimeFormat(locale, { ...zone, hour: "2-digit", minute: "2-digit" }).format(moment);
  if (day.format(moment) === day.format(now)) return `at ${time}`;
  const date = new Intl.DateTimeFormat(locale, { ...zone, weekday: "short", day: "numeric", month: "short" });
  return `on ${date.format(moment)}, ${time}`;
}
