import { z } from "zod";
import { DeviceId, type Id, Instant, MemberId, ResourceId, ScanId } from "./ids.ts";
import {
  type Named,
  named,
  Purpose,
  type RedemptionOutcome,
  RedemptionOutcome as RedemptionOutcomeShape,
} from "./qr.ts";
import { Refusal, RefusalReason } from "./refusal-shape.ts";

/**
 * What a desk may do without a network. `deny`: nothing. `leased`: redeem the codes it holds ready, which no other desk
 * may use meanwhile. `open`: any code with a good signature; two desks may then let the same code through.
 */
export type OfflinePolicy = "deny" | "leased" | "open";
export const OfflinePolicy: z.ZodType<OfflinePolicy> = z.enum(["deny", "leased", "open"]);

const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), `${bytes} bytes in base64url`);

/** A desk asks for codes to hold ready. */
export interface TakeLeases {
  /** How long, 1 to 8 hours. */
  hours?: number | undefined;
  /** How many at most, 1 to 500. */
  most?: number | undefined;
}
export const TakeLeases: z.ZodType<TakeLeases> = z.strictObject({
  hours: z.int().min(1).max(8).optional(),
  most: z.int().min(1).max(500).optional(),
});

/**
 * What a desk needs to decide alone, and nothing that names a person to whoever steals it: an entry is found and opened
 * only with the code itself (`domain/redemption/manifest.ts`).
 */
export interface Manifest {
  policy: OfflinePolicy;
  issuedAt: Instant;
  /** How long the desk may decide alone from the moment it received this, measured by its own monotonic clock. */
  validForSeconds: number;
  /** 16 random bytes, base64url: makes the tags of two manifests incomparable. */
  salt: string;
  entries: Array<{ tag: string; sealed: string }>;
  /** With `open`: keys that verify signatures, this tenant's number, and tags of codes that must not pass. */
  signed: { tenantNumber: number; keys: Array<{ keyId: number; publicKey: string }>; spent: string[] } | null;
}
export const Manifest: z.ZodType<Manifest> = z.object({
  policy: OfflinePolicy,
  issuedAt: Instant,
  validForSeconds: z.int().nonnegative(),
  salt: z.string(),
  entries: z.array(z.object({ tag: z.string(), sealed: z.string() })),
  signed: z
    .object({
      tenantNumber: z.int(),
      keys: z.array(z.object({ keyId: z.int(), publicKey: z.string() })),
      spent: z.array(z.string()),
    })
    .nullable(),
});

/** One scan that a desk accepted alone. It names the code by its offline id: a desk keeps no code's text. */
export interface OfflineScan {
  /** 1, 2, 3 … of this device, without gaps. */
  seq: number;
  scanId: ScanId;
  /** 32 bytes, base64url. */
  offlineId: string;
  claimedAt: Instant;
  basis: "lease" | "signature";
  /** The hash of the scan before; 32 zero bytes for the first. base64url. */
  prev: string;
  /** SHA-256 over `prev` and this scan (`domain/redemption/scan-chain.ts`). base64url. */
  hash: string;
}
export const OfflineScan: z.ZodType<OfflineScan, Record<string, unknown>> = z.strictObject({
  seq: z.int().positive(),
  scanId: ScanId,
  offlineId: base64url(32),
  claimedAt: Instant,
  basis: z.enum(["lease", "signature"]),
  prev: base64url(32),
  hash: base64url(32),
});

/** More scans than this go in several hand-ins. */
export const MOST_HANDED_IN = 50;

/** Scans in the order of their `seq`. Handing in the same ones again gives the same verdicts. */
export interface HandIn {
  scans: OfflineScan[];
}
export const HandIn: z.ZodType<HandIn, Record<string, unknown>> = z.strictObject({
  scans: z.array(OfflineScan).min(1).max(MOST_HANDED_IN),
});

/**
 * A verdict for every scan; or the device's story does not fit to what is known of it (two devices with one identity, or
 * a store that was set back): then nothing was decided, nothing is lost, and staff must release the device.
 */
export type HandInOutcome =
  | { kind: "judged"; verdicts: Array<{ seq: number; outcome: RedemptionOutcome }> }
  | { kind: "quarantined"; at: Instant };
export const HandInOutcome: z.ZodType<HandInOutcome> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("judged"),
    verdicts: z.array(z.object({ seq: z.int(), outcome: RedemptionOutcomeShape })),
  }),
  z.object({ kind: z.literal("quarantined"), at: Instant }),
]);

export type ConflictId = Id<"conflict">;
export const ConflictId: z.ZodType<ConflictId, string> = z.uuid().transform((value) => value as ConflictId);

/** How a conflict ended: the thing came back, the second hand-out was right, or it is written off. */
export type Resolution = "thing_returned" | "hand_out_was_right" | "written_off";
const Resolution: z.ZodType<Resolution, string> = z.enum(["thing_returned", "hand_out_was_right", "written_off"]);

/** A thing was handed out offline though the code could not be used any more: somebody has to look after it. */
export interface Conflict {
  id: ConflictId;
  scanId: ScanId;
  reason: RefusalReason;
  /** The other story: what the desk could not know, with its evidence; null when it is not remembered any more. */
  refusal: Refusal | null;
  /** What the desk did: it handed the thing out, or took it back. */
  purpose: Purpose;
  desk: Named<DeviceId> | null;
  holder: Named<MemberId> | null;
  resource: Named<ResourceId> | null;
  claimedAt: Instant;
  at: Instant;
  /** null while nobody has settled it. */
  settledAt: Instant | null;
  /** How; null while nobody has said so. */
  resolution: Resolution | null;
}
export const Conflict: z.ZodType<Conflict> = z.object({
  id: ConflictId,
  scanId: ScanId,
  reason: RefusalReason,
  refusal: Refusal.nullable(),
  purpose: Purpose,
  desk: named(DeviceId).nullable(),
  holder: named(MemberId).nullable(),
  resource: named(ResourceId).nullable(),
  claimedAt: Instant,
  at: Instant,
  settledAt: Instant.nullable(),
  resolution: Resolution.nullable(),
});

/** Somebody says how a conflict ended. */
export interface SettleConflict {
  id: ConflictId;
  resolution: Resolution;
}
export const SettleConflict: z.ZodType<SettleConflict, { id: string; resolution: string }> = z.strictObject({
  id: ConflictId,
  resolution: Resolution,
});
