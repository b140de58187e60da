import type {
  Conflict,
  ConflictId,
  DeviceId,
  HandInOutcome,
  MemberId,
  OfflineScan,
  SettleConflict,
} from "@tessera/contracts";
import { Misused } from "../misused.ts";
import { isChained } from "./scan-chain.ts";

/** Where the scans that desks accepted alone are judged. */
export interface HandIns {
  /**
   * Judges scans in their order, each once: a scan that was handed in before hears its verdict again. The first to
   * arrive is the redemption; a later one is refused and makes a conflict. Claimed times never decide who was first.
   *
   * @param device Whose scans they are.
   * @param scans 1 to 50, `seq` rising, each hash checked.
   */
  judge(device: DeviceId, scans: readonly OfflineScan[]): Promise<HandInOutcome>;
  /** Lets a quarantined device go on: its next scan begins a new chain. @returns Whether it was quarantined. */
  release(device: DeviceId, by: MemberId): Promise<boolean>;
}

/** Things that went out offline on codes that could not be used any more. */
export interface Conflicts {
  /** @returns Open ones first, newest first; at most 200. */
  list(): Promise<readonly Conflict[]>;
  /** @returns Whether it was open; settling twice changes nothing. */
  settle(id: ConflictId, resolution: SettleConflict["resolution"], by: MemberId): Promise<boolean>;
}

/**
 * Takes scans from a desk.
 *
 * @param handIns Of the tenant.
 * @param device Whose.
 * @param scans As they came.
 * @returns A verdict for each, or `quarantined`.
 * @throws Misused For scans that are not in the order of their numbers, or whose hash is not that of what they say: a
 *   fault of the caller, and nothing was decided.
 */
export async function handIn(
  handIns: Pick<HandIns, "judge">,
  device: DeviceId,
  scans: readonly OfflineScan[],
): Promise<HandInOutcome> {
  for (const [index, scan] of scans.entries()) {
    const before = scans[index - 1];
    if (before && scan.seq <= before.seq) throw new Misused("scans are handed in in the order of their numbers");
    if (!(await isChained(scan))) throw new Misused(`the hash of scan ${scan.seq} does not fit to what it says`);
  }
  return handIns.judge(device, scans);
}
