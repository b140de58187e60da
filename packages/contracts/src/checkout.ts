import { z } from "zod";
import { CheckoutId, Instant, MemberId, ResourceId } from "./ids.ts";
import { LendingRefusal } from "./lending-refusal-shape.ts";
import type { Named } from "./qr.ts";
import { type ResourceKind, resourceKinds } from "./resource-kinds.ts";
import { StorableText } from "./text.ts";

/** One thing in one person's hands, from going out to coming back. */
export interface Checkout {
  id: CheckoutId;
  resource: Named<ResourceId> & { kind: ResourceKind };
  outAt: Instant;
  dueAt: Instant;
  /** null while it is out. */
  returnedAt: Instant | null;
  /** What asking for more time would bring now; null once it is back. */
  renewal: Renewal | null;
}

/** Until when a renewal would be good and how many are left after it; or why there is none. */
export type Renewal = { kind: "possible"; dueAt: Instant; left: number } | { kind: "refused"; refusal: LendingRefusal };
export const Renewal: z.ZodType<Renewal> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("possible"), dueAt: Instant, left: z.int().nonnegative() }),
  z.object({ kind: z.literal("refused"), refusal: LendingRefusal }),
]);
export const Checkout: z.ZodType<Checkout> = z.object({
  id: CheckoutId,
  resource: z.object({ id: ResourceId, name: z.string(), kind: z.enum(resourceKinds) }),
  outAt: Instant,
  dueAt: Instant,
  returnedAt: Instant.nullable(),
  renewal: Renewal.nullable(),
});

/** A loan gets more time. */
export interface RenewLoan {
  checkoutId: CheckoutId;
}
export const RenewLoan: z.ZodType<RenewLoan, { checkoutId: string }> = z.strictObject({ checkoutId: CheckoutId });

export type RenewOutcome =
  | { kind: "renewed"; dueAt: Instant; left: number }
  | { kind: "refused"; refusal: LendingRefusal };
export const RenewOutcome: z.ZodType<RenewOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("renewed"), dueAt: Instant, left: z.int().nonnegative() }),
  z.object({ kind: z.literal("refused"), refusal: LendingRefusal }),
]);

/** What is out, as those see it who run the shelf. */
export interface OpenLoan {
  id: CheckoutId;
  resource: Named<ResourceId>;
  holder: Named<MemberId>;
  outAt: Instant;
  dueAt: Instant;
}
export const OpenLoan: z.ZodType<OpenLoan> = z.object({
  id: CheckoutId,
  resource: z.object({ id: ResourceId, name: z.string() }),
  holder: z.object({ id: MemberId, name: z.string() }),
  outAt: Instant,
  dueAt: Instant,
});

/** Where a page of loans ends: the next begins after it. */
export interface LoanCursor {
  dueAt: Instant;
  id: CheckoutId;
}
export const LoanCursor: z.ZodType<LoanCursor, { dueAt: string; id: string }> = z.strictObject({
  dueAt: Instant,
  id: CheckoutId,
});

/** Loans that are out, page by page. */
export interface FindLoans {
  /** In the name of the thing or of who has it; "" for all. */
  text: string;
  overdueOnly: boolean;
  after?: LoanCursor | null | undefined;
}
export const FindLoans: z.ZodType<
  FindLoans,
  { text: string; overdueOnly: boolean; after?: { dueAt: string; id: string } | null | undefined }
> = z.strictObject({
  text: StorableText.trim().max(120),
  overdueOnly: z.boolean(),
  after: LoanCursor.nullish(),
});

export interface LoanPage {
  loans: Array<OpenLoan & { renewals: number }>;
  /** null: this was the last page. */
  next: LoanCursor | null;
}
export const LoanPage: z.ZodType<LoanPage> = z.object({
  loans: z.array(z.intersection(OpenLoan, z.object({ renewals: z.int().nonnegative() }))),
  next: LoanCursor.nullable(),
});
