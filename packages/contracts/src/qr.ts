import { z } from "zod";
import { CheckoutId, CodeId, Instant, MemberId, RedemptionId, ResourceId, ScanId } from "./ids.ts";
import { Refusal } from "./refusal-shape.ts";

declare const secret: unique symbol;

/** The text inside a code. Who holds it holds the claim: it is never logged, stored or put in an address. */
export type CodeText = string & { readonly [secret]: "code text" };

/** What a code is for. Decided when it is issued; the desk cannot change it. */
export type Purpose = "check_out" | "check_in";
export const Purpose: z.ZodType<Purpose, Purpose> = z.enum(["check_out", "check_in"]);

/** A thing or a person as a screen names it. */
export interface Named<I extends string> {
  id: I;
  name: string;
}
const named = <I extends string>(id: z.ZodType<I, string>): z.ZodType<Named<I>> => z.object({ id, name: z.string() });

/** A member asks for a code: to take a resource, or to bring back the one they have. */
export interface IssueCode {
  purpose: Purpose;
  resourceId: ResourceId;
}
export const IssueCode: z.ZodType<IssueCode, { purpose: Purpose; resourceId: string }> = z.strictObject({
  purpose: Purpose,
  resourceId: ResourceId,
});

/** A fresh code. Its text is told this once; what is kept is a keyed hash. */
export interface IssuedCode {
  kind: "issued";
  codeId: CodeId;
  text: CodeText;
  /** The QR mask (0 to 7) with which the scanner was seen to read this very text. */
  mask: number;
  purpose: Purpose;
  resource: Named<ResourceId>;
  issuedAt: Instant;
  expiresAt: Instant;
}
export type IssueOutcome = IssuedCode | { kind: "refused"; refusal: Refusal };
export const IssueOutcome: z.ZodType<IssueOutcome> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("issued"),
    codeId: CodeId,
    text: z.custom<CodeText>((value) => typeof value === "string"),
    mask: z.int().min(0).max(7),
    purpose: Purpose,
    resource: named(ResourceId),
    issuedAt: Instant,
    expiresAt: Instant,
  }),
  z.object({ kind: z.literal("refused"), refusal: Refusal }),
]);

/** How the text came to the desk. */
export type ScanSource = "camera" | "file" | "manual" | "wedge" | "api";

/** One scan of one code at one desk. The same `scanId` always hears the same answer. */
export interface Scan {
  scanId: ScanId;
  /** What was read, untouched: 1 to 512 characters. */
  text: string;
  source: ScanSource;
}
export const Scan: z.ZodType<Scan, { scanId: string; text: string; source: ScanSource }> = z.strictObject({
  scanId: ScanId,
  text: z.string().min(1).max(512),
  source: z.enum(["camera", "file", "manual", "wedge", "api"]),
});

/** Yes: one use was taken, and the resource went out or came back in the same breath. */
export interface Redeemed {
  kind: "redeemed";
  scanId: ScanId;
  /** True when this scan had been answered before and hears that answer again. */
  replayed: boolean;
  redemptionId: RedemptionId;
  codeId: CodeId;
  checkoutId: CheckoutId;
  purpose: Purpose;
  at: Instant;
  holder: Named<MemberId>;
  resource: Named<ResourceId>;
  /** When it must be back; for a return: when it had to be. */
  dueAt: Instant;
}

/** No, with the reason and its evidence. */
export interface Refused {
  kind: "refused";
  scanId: ScanId;
  replayed: boolean;
  refusal: Refusal;
}

export type RedemptionOutcome = Redeemed | Refused;
export const RedemptionOutcome: z.ZodType<RedemptionOutcome> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("redeemed"),
    scanId: ScanId,
    replayed: z.boolean(),
    redemptionId: RedemptionId,
    codeId: CodeId,
    checkoutId: CheckoutId,
    purpose: Purpose,
    at: Instant,
    holder: named(MemberId),
    resource: named(ResourceId),
    dueAt: Instant,
  }),
  z.object({ kind: z.literal("refused"), scanId: ScanId, replayed: z.boolean(), refusal: Refusal }),
]);

/** Cancels one code that was not used yet. */
export interface InvalidateCode {
  codeId: CodeId;
}
export const InvalidateCode: z.ZodType<InvalidateCode, { codeId: string }> = z.strictObject({ codeId: CodeId });

/** `left_alone`: there was nothing to cancel, for this reason. */
export type InvalidateOutcome =
  | { kind: "invalidated"; at: Instant }
  | { kind: "left_alone"; reason: "not_found" | "revoked" | "already_redeemed" | "expired" };
export const InvalidateOutcome: z.ZodType<InvalidateOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invalidated"), at: Instant }),
  z.object({
    kind: z.literal("left_alone"),
    reason: z.enum(["not_found", "revoked", "already_redeemed", "expired"]),
  }),
]);
