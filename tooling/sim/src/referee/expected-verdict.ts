import type { DeviceId, MemberId, Purpose, RefusalReason } from "@tessera/contracts";

/** What the referee writes down of a code before the database decides about it. */
export interface CodeSeen {
  purpose: Purpose;
  holderId: MemberId;
  uses: number;
  maxUses: number;
  opensAt: number;
  expiresAt: number;
  isRevoked: boolean;
  lease: { deviceId: DeviceId; until: number } | null;
  /** Who has the thing; null when it is free. */
  heldBy: MemberId | null;
}

export interface ScanSeen {
  deviceId: DeviceId | null;
  /** What a desk says of a scan that it accepted alone; null for one that is decided as it happens. */
  claimedAt: number | null;
}

const DAY_MS = 24 * 3_600_000;

/**
 * What the database must say to a scan that it never heard of: the rule a third time, written from the protocol's text and
 * on purpose without `refusalFor`. It sees the code, the scan and the database's clock; so a verdict that hung on a lock,
 * on another clock or on the order of two statements would differ from it.
 *
 * @param code null when the tenant has no such code.
 * @param now The database's clock, milliseconds since 1970.
 * @returns The reason of the refusal; null for a yes.
 */
export function expectedVerdict(code: CodeSeen | null, scan: ScanSeen, now: number): RefusalReason | null {
  if (!code) return "not_found";
  const at = scan.claimedAt === null ? now : Math.min(now, Math.max(scan.claimedAt, now - DAY_MS));
  if (code.isRevoked) return "revoked";
  if (at < code.opensAt) return "not_yet_valid";
  if (code.uses === code.maxUses) return "already_redeemed";
  if (at >= code.expiresAt) return "expired";
  if (code.lease && now < code.lease.until && code.lease.deviceId !== scan.deviceId) return "held_offline";
  if (code.purpose === "check_out" && code.heldBy !== null) return "resource_unavailable";
  if (code.purpose === "check_in" && code.heldBy !== code.holderId) return "not_checked_out";
  return null;
}
