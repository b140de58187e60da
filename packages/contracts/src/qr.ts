import { z } from "zod";
import { CheckoutId, CodeId, DeviceId, Instant, MemberId, RedemptionId, ResourceId, ScanId } from "./ids.ts";
import { Refusal } from "./refusal-shape.ts";
import { StorableText } from "./text.ts";

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
export const named = <I extends string>(id: z.ZodType<I, string>): z.ZodType<Named<I>> =>
  z.object({ id, name: z.string() });

/** A member asks for a code: to take a resource, or to bring back the one they have. */
export interface IssueCode {
  purpose: Purpose;
  resourceId: ResourceId;
}
export const IssueCode: z.ZodType<IssueCode, { purpose: Purpose; resourceId: string }> = z.strictObject({
  purpose: Purpose,
  resourceId: ResourceId,
});

/**
 * How a code is made. `compact`: 30 letters, judged by the server or by a desk that holds its lease. `signed`: 150
 * letters, which a desk can judge without having heard of it. `rotating`: signed, and changing every 30 seconds.
 */
export type CodeKind = "compact" | "signed" | "rotating";
export const CodeKind: z.ZodType<CodeKind> = z.enum(["compact", "signed", "rotating"]);

/** Staff make a code for a member: for another day, for several uses, or for one desk. */
export interface IssueCodeFor extends IssueCode {
  holderId: MemberId;
  /** 1 to 255. */
  maxUses?: number | undefined;
  opensAt?: Instant | undefined;
  /** At most a year from now. */
  expiresAt: Instant;
  /** The desk that may hold it ready for times without a network. */
  deskId?: DeviceId | undefined;
}
export const IssueCodeFor: z.ZodType<IssueCodeFor, Record<string, unknown>> = z.strictObject({
  purpose: Purpose,
  resourceId: ResourceId,
  holderId: MemberId,
  maxUses: z.int().min(1).max(255).optional(),
  opensAt: Instant.optional(),
  expiresAt: Instant,
  deskId: DeviceId.optional(),
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
  /** With which a rotating code's text is made anew every 30 seconds (base64url); null for the other kinds. */
  stepSecret: string | null;
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
    stepSecret: z.string().nullable(),
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
  /** When it was taken back again; null while it stands. */
  undoneAt: Instant | null;
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
    undoneAt: Instant.nullable(),
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

/** Cancels every code of the tenant that could still be used. */
export interface InvalidateAll {
  /** Why, for the audit: 3 to 200 characters. */
  because: string;
}
export const Because: z.ZodType<string, string> = StorableText.trim().min(3).max(200);
export const InvalidateAll: z.ZodType<InvalidateAll> = z.strictObject({ because: Because });

export interface InvalidatedAll {
  count: number;
  at: Instant;
}
export const InvalidatedAll: z.ZodType<InvalidatedAll> = z.object({ count: z.int().nonnegative(), at: Instant });

/** What a code would do, without using it. */
export type Preview =
  | {
      kind: "ready";
      purpose: Purpose;
      holder: Named<MemberId>;
      resource: Named<ResourceId>;
      usesLeft: number;
      expiresAt: Instant;
    }
  | { kind: "refused"; refusal: Refusal };
export const Preview: z.ZodType<Preview> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    purpose: Purpose,
    holder: named(MemberId),
    resource: named(ResourceId),
    usesLeft: z.int().positive(),
    expiresAt: Instant,
  }),
  z.object({ kind: z.literal("refused"), refusal: Refusal }),
]);
