import type { DeviceId, RefusalReason } from "@tessera/contracts";
import { stepAt } from "../qr/step.ts";

/** What a judgement needs to know of a code. */
export interface CodeFacts {
  uses: number;
  maxUses: number;
  opensAt: Date;
  expiresAt: Date;
  invalidatedAt: Date | null;
  /** Changes its text every 30 seconds. */
  isRotating?: boolean;
  /** The newest step a rotating code was used with. */
  lastStep?: number | null;
  /** Kept ready by one desk, for times without a network. */
  lease?: { deviceId: DeviceId; until: Date } | null;
}

/** What a judgement needs to know of a scan. */
export interface ScanFacts {
  /** The moment the validity window is judged at: now, or when a desk without a network says it happened. */
  at: Date;
  now: Date;
  deviceId: DeviceId | null;
  /** The step a rotating code showed; null for the other kinds, and for scans that a desk has judged itself. */
  step: number | null;
}

/** The reasons that lie in the code itself, in the order they are judged. */
export type CodeRefusal = Extract<
  RefusalReason,
  | "not_found"
  | "revoked"
  | "not_yet_valid"
  | "already_redeemed"
  | "expired"
  | "rotating_code_stale"
  | "rotating_code_replayed"
  | "held_offline"
>;

/**
 * The whole admission rule. The SQL function `redeem_codes` states it a second time; `ledger.suite.ts` and the model
 * tests hold the two together. A cancelled code says so even when it was used: else it could pass for a harmless
 * duplicate.
 *
 * @param code The code's facts, or null when this tenant has no such code.
 * @param scan When, where and with which step. The window is half-open, `opensAt <= at < expiresAt`.
 * @returns The first reason that applies, or null when the code may be used.
 */
export function refusalFor(code: CodeFacts | null, scan: ScanFacts): CodeRefusal | null {
  if (!code) return "not_found";
  if (code.invalidatedAt) return "revoked";
  if (scan.at < code.opensAt) return "not_yet_valid";
  if (code.uses >= code.maxUses) return "already_redeemed";
  if (scan.at >= code.expiresAt) return "expired";
  if (code.isRotating && scan.step !== null) {
    if (Math.abs(scan.step - stepAt(scan.now)) > 1) return "rotating_code_stale";
    if (scan.step <= (code.lastStep ?? -1)) return "rotating_code_replayed";
  }
  const { lease } = code;
  if (lease && lease.until > scan.now && lease.deviceId !== scan.deviceId) return "held_offline";
  return null;
}

/** Older claims of a desk without a network are judged as if they were this old. */
export const OLDEST_CLAIM_HOURS = 24;

/**
 * The moment at which a scan's validity is judged. A desk's clock may be wrong or forged, so its claim counts only
 * within the last 24 hours and never in the future; it never decides who was first.
 *
 * @param now The database's time.
 * @param claimedAt What the desk says; null for a scan that is decided as it happens.
 */
export function judgedAt(now: Date, claimedAt: Date | null): Date {
  if (!claimedAt) return now;
  const oldest = now.getTime() - OLDEST_CLAIM_HOURS * 3_600_000;
  return new Date(Math.min(now.getTime(), Math.max(claimedAt.getTime(), oldest)));
}
