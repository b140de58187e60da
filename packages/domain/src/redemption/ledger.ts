import type {
  DeviceId,
  MemberId,
  RedemptionOutcome,
  ScanFate,
  ScanId,
  ScanSource,
  UndoOutcome,
} from "@tessera/contracts";

/** A scan whose text had the shape of a code of ours and whose scanner may redeem here. */
export interface AdmittedScan {
  scanId: ScanId;
  /** Keyed hash of the code's secret part, 32 bytes; for a scan made offline, and at the kiosk: the code's offline id. */
  lookup: Uint8Array;
  /**
   * What the scan id was used for: the code's offline id, 32 bytes, which a desk without a network can tell as well. The
   * same id with another fingerprint is a fault of the device.
   */
  fingerprint: Uint8Array;
  source: ScanSource;
  by: Redeemer;
  /** The step that a rotating code showed. Left out for the other kinds. */
  step?: number;
  /** When a desk says that it accepted this alone. Left out for a scan that is decided as it happens. */
  claimedAt?: Date;
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
  answerOf(scan: Pick<AdmittedScan, "scanId" | "fingerprint">): Promise<RedemptionOutcome | null>;
}

/** Who takes back, and why. */
export interface UndoRequest {
  scanId: ScanId;
  because: string;
  by: Redeemer;
}

/**
 * What became of scans, and taking them back. Nothing is ever deleted: a redemption that was undone keeps its row, and
 * its code stays used, so that no later scan of the same code can be a second yes.
 */
export interface ScanRecords {
  /** @returns What this device's (or, for staff, any) scan has heard; `undecided` when nothing was decided so far. */
  fateOf(scanId: ScanId, by: Redeemer): Promise<ScanFate>;
  /**
   * A check-out is closed again, a check-in reopened, if the thing has not changed hands since. A scan that was not
   * decided is withdrawn: a late request that carries its id will be refused.
   *
   * @returns Undone (again, when it was already), withdrawn, or refused: `not_redeemed`, `not_yours` (another desk's;
   *   staff may take back any), `too_late` (more than 15 minutes ago), `moved_on`.
   */
  undo(request: UndoRequest): Promise<UndoOutcome>;
}

/** For so long a redemption can be taken back, minutes (the figure of pretix, which desks are used to). */
export const UNDO_MINUTES = 15;
