import type { RedemptionOutcome } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { UnreadReason } from "@tessera/domain/qr/read-code";
import type { SignedFacts } from "@tessera/domain/qr/signed-facts";
import type { AdmittedScan, RedemptionLedger } from "@tessera/domain/redemption/ledger";
import { CannotDecide } from "./cannot-decide.ts";
import type { DeskClock } from "./desk-clock.ts";
import { type FlagsAlone, flagsAlone } from "./flags-alone.ts";
import { type Judgement, type JudgeTools, judgeLease, judgeSignature, type OfflineOutcome, refused } from "./judge.ts";
import { entryFor, factsFor, type Held, type Known } from "./known-code.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import { outboxRow } from "./outbox-row.ts";
import type { DeviceRow } from "./rows.ts";
import { mismatched, recalled, remembered } from "./scan-memory.ts";
import type { DeskStore } from "./store.ts";

/** How many codes a desk lets through by their signature before it must hear from the server. */
export const MOST_BY_SIGNATURE = 200;
/** More turns than this were never seen; it only keeps a fault from going round for ever. */
const MOST_TURNS = 100;

export interface OfflineTools extends JudgeTools {
  store: DeskStore;
  clock: DeskClock;
  /** Keeps two windows out of each other's way. The store's own check decides; this saves turns. */
  calm: OneAtATime;
}

/** What a code proves by itself: what it says when its signature is good; why not; null when it is of a kind that proves nothing. */
export type Proof = SignedFacts | UnreadReason | null;

/** The ledger of a desk without a network. `AdmittedScan.lookup` is the code's offline id. */
export interface OfflineLedger extends RedemptionLedger {
  /**
   * As `redeem`, and also for codes that are let through by their signature.
   *
   * @throws CannotDecide When the desk may not, or cannot, decide alone. Nothing was decided or written.
   */
  decide(scan: AdmittedScan, proof?: Proof): Promise<OfflineOutcome>;
}

/**
 * Decides at the desk. Reading, opening, judging, sealing and chaining come first, since a transaction of IndexedDB does
 * not wait for WebCrypto; then one transaction writes everything, if nothing was written in between, and else all is
 * done again. So one use is taken once, whatever the windows do, and what is shown was on the disk before.
 */
export function offlineLedger(tools: OfflineTools): OfflineLedger {
  const { store, calm } = tools;

  async function decide(scan: AdmittedScan, proof: Proof = null): Promise<OfflineOutcome> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const outcome = await calm(() => once(tools, scan, proof));
      if (outcome) return outcome;
    }
    throw new Failed("busy");
  }

  return {
    decide,
    redeem: async (scan) => asRedemption(await decide(scan)),
    async answerOf(scan) {
      const row = await store.read(({ scans }) => scans.get(scan.scanId));
      const outcome = row ? await recalled(row, scan) : null;
      return outcome && asRedemption(outcome);
    },
  };
}

/** One turn. null: somebody else wrote in between. */
async function once(tools: OfflineTools, scan: AdmittedScan, proof: Proof): Promise<OfflineOutcome | null> {
  const { store, clock } = tools;
  const device = await store.device();
  const [row, sent] = await store.read(({ scans, sent }) =>
    Promise.all([scans.get(scan.scanId), sent.get(scan.scanId)]),
  );
  if (row) return (await recalled(row, scan)) ?? mismatched(scan);
  if (sent) throw new CannotDecide("in_doubt"); // the server may have decided this very scan

  const flags = await flagsAlone(store, clock);
  if (flags?.isOn("qr-checkout-enabled") === false) return switchedOff(tools, device, scan, flags);

  const known = await factsFor(store, clock, device, scan.lookup);
  const held = known.time.isWithinLease ? await entryFor(store, known, scan.lookup) : null;
  const { outcome, moved } = judged(tools, scan, known, held, proof);

  const memory = await remembered(scan, outcome, clock().wall);
  const accepted = outcome.kind === "accepted" ? await outboxRow(device, known.tag, scan, outcome) : null;
  const isWritten = await store.commit(device, async (tables) => {
    await tables.scans.add(memory);
    await tables.manifest.update(1, { seen: known.time.seen, elapsedMs: known.time.elapsedMs });
    if (flags) await tables.flags.update(1, flags.aged);
    if (!accepted || outcome.kind !== "accepted") return {};

    const { tag, use, manifest } = known;
    const at = known.time.at.toISOString();
    await tables.uses.put({ tag, isSpent: false, revokedAt: null, ...use, taken: (use?.taken ?? 0) + 1, at });
    if (moved) await tables.things.put(moved);
    if (outcome.basis === "signature") await tables.manifest.update(1, { bySignature: manifest.bySignature + 1 });
    await tables.outbox.add(accepted); // a number that is taken already fails the whole write: the second guard
    return endOf(accepted);
  });
  return isWritten ? outcome : null;
}

/** As at the server this is not remembered: the same scan may come again when codes are on. null: somebody wrote in between. */
async function switchedOff(
  { store }: OfflineTools,
  device: DeviceRow,
  { scanId }: AdmittedScan,
  { aged }: FlagsAlone,
): Promise<OfflineOutcome | null> {
  const isWritten = await store.commit(device, async (tables) => {
    await tables.flags.update(1, aged);
    return {};
  });
  return isWritten ? refused(scanId, { reason: "disabled" }) : null;
}

function judged(tools: OfflineTools, scan: AdmittedScan, known: Known, held: Held | null, proof: Proof): Judgement {
  const { manifest, time, use } = known;
  if (held) return judgeLease(tools, scan, { ...held, use }, time.at);

  const stays = (outcome: OfflineOutcome): Judgement => ({ outcome, moved: null });
  if (manifest.policy === "open" && proof) {
    if (!time.isWithinSignatures) throw new CannotDecide("lease_over");
    const outcome = judgeSignature(scan.scanId, proof, use, time.at);
    const isOneMore = outcome.kind === "accepted" && manifest.bySignature >= MOST_BY_SIGNATURE;
    if (isOneMore) throw new CannotDecide("limit_reached");
    return stays(outcome);
  }
  if (!time.isWithinLease) throw new CannotDecide("lease_over");
  return stays(refused(scan.scanId, { reason: "not_found" }));
}

const endOf = ({ seq, hash }: Pick<DeviceRow, "seq" | "hash">) => ({ seq, hash });

/** @throws RangeError For an outcome that only `decide` can tell. */
function asRedemption(outcome: OfflineOutcome): RedemptionOutcome {
  if (outcome.kind === "refused") return outcome;
  if (outcome.kind === "accepted" && outcome.basis === "lease") return outcome.redeemed;
  throw new RangeError("this scan was judged by its signature: ask `decide`");
}
