import { z } from "zod";
import { Instant, TenantId } from "../ids.ts";
import { FlagAge } from "./setting.ts";

/** A key as a desk knows it: its number, and its public half, 32 bytes in base64url. */
export interface FlagSetKey {
  keyId: number;
  publicKey: string;
}
const FlagSetKey: z.ZodType<FlagSetKey> = z.object({ keyId: z.int().min(0).max(255), publicKey: z.string().max(64) });

/** Every flag as it is for the desks of a tenant, for times when nobody can be asked. */
export interface DeskFlags {
  tenantId: TenantId;
  issuedAt: Instant;
  /** The key that signs, and the one that will be next: what is believed after this set. */
  keys: FlagSetKey[];
  /** `key` is a plain text: a newer server may have flags that this desk does not know. */
  flags: { key: string; value: boolean; revision: number; age: FlagAge }[];
}
export const DeskFlags: z.ZodType<DeskFlags, Record<string, unknown>> = z.object({
  tenantId: TenantId,
  issuedAt: Instant,
  keys: z.array(FlagSetKey).min(1).max(10),
  flags: z
    .array(z.object({ key: z.string().max(200), value: z.boolean(), revision: z.int().nonnegative(), age: FlagAge }))
    .max(100),
});

/** The same, signed by the tenant's key. */
export interface SignedFlagSet extends FlagSetKey {
  /** `DeskFlags` as JSON: the very letters that are signed. */
  set: string;
  /** 64 bytes, base64url. */
  signature: string;
}
export const SignedFlagSet: z.ZodType<SignedFlagSet> = z.object({
  keyId: z.int().min(0).max(255),
  publicKey: z.string().max(64),
  set: z.string().max(50_000),
  signature: z.string().max(128),
});
