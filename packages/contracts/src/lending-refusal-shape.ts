import { z } from "zod";
import { Instant } from "./ids.ts";
import type * as words from "./lending-refusals.ts";

/** Apart from the words, so that a page that only reads them out need not carry the checker. */
export type LendingRefusal = words.LendingRefusal;
export const LendingRefusal: z.ZodType<LendingRefusal> = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("already_back"), evidence: z.object({ at: Instant }) }),
  z.object({ reason: z.literal("renewed_too_often"), evidence: z.object({ allowed: z.int().nonnegative() }) }),
  z.object({ reason: z.literal("somebody_waits"), evidence: z.object({ waiting: z.int().positive() }) }),
  z.object({
    reason: z.literal("overdue_too_long"),
    evidence: z.object({ dueAt: Instant }),
  }),
  z.object({ reason: z.literal("slot_taken"), evidence: z.object({ from: Instant, until: Instant }) }),
  z.object({ reason: z.literal("too_long"), evidence: z.object({ longestMinutes: z.int().positive() }) }),
  z.object({ reason: z.literal("too_far_ahead"), evidence: z.object({ days: z.int().positive() }) }),
  z.object({ reason: z.literal("enough_reserved"), evidence: z.object({ most: z.int().positive() }) }),
  z.object({
    reason: z.enum([
      "not_found",
      "not_yours",
      "changed_meanwhile",
      "not_reservable",
      "is_free",
      "is_yours",
      "not_waiting",
    ]),
  }),
]);
