import type { Instant, OfflineScan } from "@tessera/contracts";
import { toBase64url } from "@tessera/domain/qr/base64url";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import { chained } from "@tessera/domain/redemption/scan-chain";
import type { OfflineOutcome } from "./judge.ts";
import type { DeviceRow, OutboxRow, SealedScan } from "./rows.ts";
import { sealWith } from "./sealing.ts";

type Accepted = Extract<OfflineOutcome, { kind: "accepted" }>;

/**
 * @param device As it stands before the scan.
 * @param tag Of the code in the present manifest.
 * @returns The next scan of this device's story, chained to the one before.
 */
export async function outboxRow(
  device: DeviceRow,
  tag: string,
  scan: AdmittedScan,
  outcome: Accepted,
): Promise<OutboxRow> {
  const offlineId = toBase64url(scan.lookup);
  const claimedAt: Instant = outcome.basis === "lease" ? outcome.redeemed.at : outcome.at;
  const story = { seq: device.seq + 1, scanId: scan.scanId, offlineId, claimedAt, basis: outcome.basis };
  const { offlineId: _sealedBelow, ...told } = await chained(device.hash, story);
  const resource = outcome.basis === "lease" ? outcome.redeemed.resource.name : null;
  return { ...told, tag, sealed: await sealWith(device.key).seal({ offlineId, resource } satisfies SealedScan) };
}

/** @returns The scan as it is handed in. */
export async function handedIn(device: DeviceRow, { sealed, tag: _, ...told }: OutboxRow): Promise<OfflineScan> {
  const { offlineId } = await sealWith(device.key).open<SealedScan>(sealed);
  return { ...told, offlineId };
}
