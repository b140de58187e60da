import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import { type OfflineOutcome, refused } from "./judge.ts";
import type { ScanRow } from "./rows.ts";
import { markOf, sealOfScan } from "./sealing.ts";

type Asked = Pick<AdmittedScan, "scanId" | "fingerprint">;

const fingerprintMark = ({ fingerprint }: Asked) => markOf("fingerprint", fingerprint);

/** @returns What the scan has heard, again; null when it was another act under the same id. */
export async function recalled(row: ScanRow, scan: Asked): Promise<OfflineOutcome | null> {
  if (row.fingerprintMark !== (await fingerprintMark(scan))) return null;
  const seal = await sealOfScan(scan.fingerprint);
  return again(await seal.open<OfflineOutcome>(row.sealed));
}

/** @returns What will be recalled. */
export async function remembered(scan: Asked, outcome: OfflineOutcome, at: number): Promise<ScanRow> {
  const seal = await sealOfScan(scan.fingerprint);
  return {
    scanId: scan.scanId,
    fingerprintMark: await fingerprintMark(scan),
    sealed: await seal.seal(outcome),
    at,
  };
}

/** What a scan id hears that was used for two acts: a fault of the device. */
export const mismatched = ({ scanId }: Asked): OfflineOutcome => refused(scanId, { reason: "idempotency_mismatch" });

function again(outcome: OfflineOutcome): OfflineOutcome {
  if (outcome.kind === "accepted" && outcome.basis === "lease") {
    return { ...outcome, replayed: true, redeemed: { ...outcome.redeemed, replayed: true } };
  }
  return { ...outcome, replayed: true };
}
