import { z } from "zod";

declare const brand: unique symbol;

/** A string that was checked to be an id of one kind, so that two kinds cannot be mixed up. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

const uuid = <Kind extends string>(): z.ZodType<Id<Kind>, string> =>
  z.uuid().transform((value) => value.toLowerCase() as Id<Kind>);

export type TenantId = Id<"tenant">;
export type MemberId = Id<"member">;
export type DeviceId = Id<"device">;
export type ResourceId = Id<"resource">;
export type CheckoutId = Id<"checkout">;
export type CodeId = Id<"code">;
export type RedemptionId = Id<"redemption">;
/** Made by the device, saved before the first send: the idempotency key of a scan (a UUID, version 7). */
export type ScanId = Id<"scan">;

export const TenantId = uuid<"tenant">();
export const MemberId = uuid<"member">();
export const DeviceId = uuid<"device">();
export const ResourceId = uuid<"resource">();
export const CheckoutId = uuid<"checkout">();
export const CodeId = uuid<"code">();
export const RedemptionId = uuid<"redemption">();
export const ScanId = uuid<"scan">();

/** A moment on the wire: ISO 8601 in UTC, as `Date.toISOString` writes it. */
export type Instant = string;
export const Instant: z.ZodType<Instant, string> = z.iso.datetime();

/**
 * A UUID, version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits, so that ids sort by the time
 * they were made and a database index grows at its end.
 *
 * @param atMs Milliseconds since 1970, 0 to 2^48 - 1.
 * @param random 10 random bytes; the version and variant bits are set over them.
 * @returns The id in lower-case canonical form (36 characters).
 */
export function uuidV7(atMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(atMs) << 16n);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
