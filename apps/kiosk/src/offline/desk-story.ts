import type { Instant, OfflinePolicy, ScanId } from "@tessera/contracts";
import type { WhyNot } from "./cannot-decide.ts";
import type { DeskClock } from "./desk-clock.ts";
import { deskTime } from "./desk-time.ts";
import { flagsAlone } from "./flags-alone.ts";
import { MOST_BY_SIGNATURE } from "./offline-ledger.ts";
import type { DeviceRow, HistoryRow, ManifestRow, SealedScan } from "./rows.ts";
import { sealWith } from "./sealing.ts";
import type { DeskStore } from "./store.ts";

/** A scan that this desk has accepted alone. */
export interface ToldScan {
  seq: number;
  scanId: ScanId;
  claimedAt: Instant;
  basis: HistoryRow["basis"];
  /** The thing's name; null when the desk knew the code by its signature alone. */
  resource: string | null;
  /** null while it was not handed in. */
  verdict: HistoryRow["verdict"] | null;
}

/** All that a screen tells of a desk's time without a network. */
export interface DeskStory {
  /** Accepted here and not handed in, oldest first. */
  waiting: ToldScan[];
  /** Handed in and refused: a thing went out that should not have. Newest first. */
  conflicts: ToldScan[];
  /** What the server said of each scan that was handed in, of those still remembered. */
  verdicts: ReadonlyMap<ScanId, HistoryRow["verdict"]>;
  /** How many were handed in, of those still remembered. */
  handedIn: number;
  /** Scans that may have been decided without anybody seeing the answer. */
  unheard: number;
  policy: OfflinePolicy | null;
  /** How many codes are held ready. */
  held: number;
  /** Seconds since the desk heard from the server what it may do; null when it never did, or cannot tell. */
  sinceManifestSeconds: number | null;
  /** For so long it may still use what it holds ready, seconds. */
  leaseSeconds: number;
  /** How many more it may let through by their signature. */
  bySignatureLeft: number;
  handedInAt: Instant | null;
  quarantinedAt: Instant | null;
  /** Codes are switched off, as far as this desk knows: it would refuse each. */
  isSwitchedOff: boolean;
  /** Why it would decide nothing at this moment; null when it would. */
  stopped: WhyNot | null;
}

/** @returns What a screen needs to know, as of now. */
export async function deskStory(store: DeskStore, clock: DeskClock): Promise<DeskStory> {
  const device = await store.device();
  const [manifest, held, waiting, history, unheard] = await store.read((tables) =>
    Promise.all([
      tables.manifest.get(1),
      tables.entries.count(),
      tables.outbox.orderBy("seq").toArray(),
      tables.history.orderBy("seq").reverse().toArray(),
      tables.sent.count(),
    ]),
  );
  const { open } = sealWith(device.key);
  const told = async <T extends { sealed: string }>({ sealed, ...row }: T) => ({
    ...row,
    resource: (await open<Pick<SealedScan, "resource">>(sealed)).resource,
  });
  const flags = await flagsAlone(store, clock);
  const time = manifest ? deskTime(manifest, clock) : null;
  const elapsed = time ? Math.floor(time.elapsedMs / 1_000) : null;

  return {
    waiting: await Promise.all(
      waiting.map(async (row) => {
        const { prev: _, hash: __, tag: ___, ...scan } = await told(row);
        return { ...scan, verdict: null };
      }),
    ),
    conflicts: await Promise.all(
      history
        .filter(({ verdict }) => verdict !== "redeemed")
        .map(async (row) => {
          const { at: _, ...scan } = await told(row);
          return scan;
        }),
    ),
    verdicts: new Map(history.map(({ scanId, verdict }) => [scanId, verdict])),
    handedIn: history.length,
    unheard,
    policy: manifest?.policy ?? null,
    held,
    sinceManifestSeconds: elapsed,
    leaseSeconds: manifest && elapsed !== null ? Math.max(0, manifest.validForSeconds - elapsed) : 0,
    bySignatureLeft: manifest?.policy === "open" ? MOST_BY_SIGNATURE - manifest.bySignature : 0,
    handedInAt: device.handedInAt,
    quarantinedAt: device.quarantinedAt,
    isSwitchedOff: flags?.isOn("qr-checkout-enabled") === false,
    stopped: stoppedBecause(device, manifest, time),
  };
}

function stoppedBecause(
  device: DeviceRow,
  manifest: ManifestRow | undefined,
  time: ReturnType<typeof deskTime>,
): WhyNot | null {
  if (!manifest) return "no_manifest";
  if (manifest.policy === "deny") return "denied";
  if (device.quarantinedAt) return "quarantined";
  if (!time) return "restarted";
  const isSigned = manifest.policy === "open" && time.isWithinSignatures;
  if (!time.isWithinLease && !isSigned) return "lease_over";
  return !time.isWithinLease && manifest.bySignature >= MOST_BY_SIGNATURE ? "limit_reached" : null;
}
