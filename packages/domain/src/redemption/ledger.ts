import type { DeviceId, MemberId, RedemptionOutcome, ScanId, ScanSource } from "@tessera/contracts";

/** A scan whose text had the shape of a code of ours and whose scanner may redeem here. */
export interface AdmittedScan {
  scanId: ScanId;
  /** Keyed hash of the code's secret part, 32 bytes. */
  lookup: Uint8Array;
  /** What the scan id was used for, 32 bytes: the same id with another fingerprint is a fault of the device. */
  fingerprint: Uint8Array;
  source: ScanSource;
  by: Redeemer;
}

/** The desk, or the member of staff, that redeems. */
export type Redeemer = { deviceId: DeviceId; memberId: null } | { deviceId: null; memberId: MemberId };

/**
 * Where uses are taken. One call decides one scan, once and for ever: the same `scanId` hears the same answer.
 * `ledger.suite.ts` holds every implementation to this.
 *
 * @throws Failed `busy` when another scan holds the code too long, `unknown_outcome` when the answer was lost on the
 *   way, `read_only` or `unavailable` when the store cannot decide. Ask again with the same scan id.
 */
export interface RedemptionLedger {
  redeem(scan: AdmittedScan): Promise<RedemptionOutcome>;
  /** @returns What this scan has heard before, `replayed`; null when nothing was decided. Decides nothing itself. */
  answerOf(scan: AdmittedScan): Promise<RedemptionOutcome | null>;
}
