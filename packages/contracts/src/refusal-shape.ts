import { z } from "zod";
import { Instant } from "./ids.ts";
import * as words from "./refusals.ts";

/** Apart from the words, so that a page that only reads them out need not carry the checker. */
export type RefusalReason = words.RefusalReason;
export const RefusalReason: z.ZodType<RefusalReason> = z.enum(Object.keys(words.refusals) as [RefusalReason]);

export type Refusal = words.Refusal;
const UseEvidence: z.ZodType<words.UseEvidence> = z.object({
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
  z.object({
    reason: z.literal("queue_ahead"),
    evidence: z.object({ resource: z.string(), until: Instant, place: z.int().positive().nullable() }),
  }),
  z.object({ reason: z.literal("limit_reached"), evidence: z.object({ limit: z.int().nonnegative() }) }),
  z.object({ reason: z.literal("withdrawn"), evidence: z.object({ at: Instant }) }),
  z.object({ reason: z.literal("held_offline"), evidence: z.object({ desk: z.string().nullable(), until: Instant }) }),
  z.object({
    reason: z.enum([
      "malformed",
      "unsupported",
      "unknown_key",
      "bad_signature",
      "wrong_audience",
      "disabled",
      "idempotency_mismatch",
      "not_found",
      "rotating_code_stale",
      "rotating_code_replayed",
    ]),
  }),
]);
