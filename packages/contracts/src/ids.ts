import { z } from "zod";

// A page's content policy forbids code made of strings. The checker's fast path would try it, be refused, and log an error.
if ("document" in globalThis) z.config({ jitless: true });

declare const brand: unique symbol;

/** A string that was checked to be an id of one kind, so that two kinds cannot be mixed up. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

const uuid = <Kind extends string>(): z.ZodType<Id<Kind>, string> =>
  z.uuid().transform((value) => value.toLowerCase() as Id<Kind>);

export type TenantId = Id<"tenant">;
export type MemberId = Id<"member">;
export type DeviceId = Id<"device">;
export type ApiKeyId = Id<"api key">;
export type GuestId = Id<"guest">;
export type PlaceId = Id<"place">;
export type VisitId = Id<"visit">;
export type RequestId = Id<"request">;
export type RequestKindId = Id<"request kind">;
export type ResourceId = Id<"resource">;
export type LabelId = Id<"label">;
export type LabelBatchId = Id<"label batch">;
export type CheckoutId = Id<"checkout">;
export type CodeId = Id<"code">;
export type RedemptionId = Id<"redemption">;
export type AlertId = Id<"alert">;
/** Made by the device, saved before the first send: the idempotency key of a scan (a UUID, version 7). */
export type ScanId = Id<"scan">;

export const TenantId = uuid<"tenant">();
export const MemberId = uuid<"member">();
export const DeviceId = uuid<"device">();
export const ApiKeyId = uuid<"api key">();
export const GuestId = uuid<"guest">();
export const PlaceId = uuid<"place">();
export const VisitId = uuid<"visit">();
export const RequestId = uuid<"request">();
export const RequestKindId = uuid<"request kind">();
export const ResourceId = uuid<"resource">();
export const LabelId = uuid<"label">();
export const LabelBatchId = uuid<"label batch">();
export const CheckoutId = uuid<"checkout">();
export const CodeId = uuid<"code">();
export const RedemptionId = uuid<"redemption">();
export const AlertId = uuid<"alert">();
export const ScanId = uuid<"scan">();

/** A moment on the wire: ISO 8601 in UTC, as `Date.toISOString` writes it. */
export type Instant = string;
export const Instant: z.ZodType<Instant, string> = z.iso.datetime();
