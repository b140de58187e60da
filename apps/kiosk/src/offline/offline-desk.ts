import type { HandInOutcome, Manifest, OfflineScan, RedemptionOutcome, Scan, ScanId } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { failureIn } from "@tessera/sdk";
import type { WhyNot } from "./cannot-decide.ts";
import { begun, decidingAfter } from "./deciding.ts";
import type { DeskClock } from "./desk-clock.ts";
import { type DeskServer, deskErrands } from "./desk-errands.ts";
import { type DeskStory, deskStory } from "./desk-story.ts";
import type { OfflineOutcome } from "./judge.ts";
import type { ManifestIntake } from "./manifest-intake.ts";
import type { OfflineLedger } from "./offline-ledger.ts";
import type { HandedIn, Outbox } from "./outbox.ts";
import type { DeskIdentity } from "./rows.ts";
import { sentScans } from "./sent-scans.ts";
import type { DeskStore } from "./store.ts";

/** What the server is asked beside single scans. Each throws when there was no answer. */
export interface RoundsServer extends DeskServer {
  handIn(scans: OfflineScan[]): Promise<HandInOutcome>;
  lease(): Promise<Manifest>;
  releaseLeases(): Promise<unknown>;
}

export interface OfflineDeskTools {
  server: RoundsServer;
  store: DeskStore;
  clock: DeskClock;
  ledger: OfflineLedger;
  intake: ManifestIntake;
  outbox: Outbox;
  desk: DeskIdentity;
}

/** How a scan ended that was judged without the server. */
export type JudgedAlone =
  | { kind: "judged_here"; outcome: OfflineOutcome }
  | { kind: "undecided"; why: WhyNot | "unexpected" };

/**
 * How a round ended. `unreached`: nobody answered, come again; `waiting`: the server wants a pause; `held`: all is handed in,
 * and this desk holds ready what it may.
 */
export type RoundEnd =
  | { kind: "held" }
  | { kind: "unreached" }
  | { kind: "waiting"; pauseMs: number }
  | { kind: "stopped"; because: Exclude<HandedIn["kind"], "done" | "waiting"> };

/** A desk that works with the server while it can, and alone while it cannot (`Deciding` has the rules). */
export interface OfflineDesk {
  /**
   * The server's answer to a scan, written down before it is sent and after it was heard.
   *
   * @throws Whatever the server's `redeem` throws; `Failed` when the code was accepted here and cannot be handed in first.
   */
  redeem(scan: Scan): Promise<RedemptionOutcome>;
  /** The desk's own judgement of a scan that was never sent. Never throws. */
  judge(scan: Scan): Promise<JudgedAlone>;
  /** Nobody waits for this scan any more: the next round takes it back. */
  letGo(scanId: ScanId): void;
  /** There is another desk now: with the next round this one gives back the codes that are not for it alone. */
  share(): void;
  /** Takes back what nobody waits for, hands in what was accepted here, and takes the codes to hold ready. */
  round(): Promise<RoundEnd>;
  story(): Promise<DeskStory>;
}

/** Between asking for a manifest and receiving it somebody may scan: then it is asked for once more, this often. */
const MOST_ASKED = 3;

export function offlineDesk({ server, store, clock, ledger, intake, outbox, desk }: OfflineDeskTools): OfflineDesk {
  const sent = sentScans(store, clock);
  const handIn = () => outbox.handInAll((scans) => server.handIn(scans));
  const errands = deskErrands({ server, store, sent, ledger, desk, handIn });
  /** Scans that somebody stands there for. What is written down as sent beyond these is taken back. */
  const awaited = new Set<ScanId>();
  let isToShare = false;

  async function takeBackRest(): Promise<boolean> {
    const left = (await sent.unheard()).filter(({ scanId }) => !awaited.has(scanId));
    for (const { scanId } of left) {
      const giving = { kind: "giving_up", scanId } as const;
      const news = await errands.run("take_back", giving, null);
      const next = news && decidingAfter(giving, news);
      if (next?.state.kind !== "taken_back") return false;
      await errands.run(next.errand, next.state, null);
    }
    return true;
  }

  /** What was dropped here and could not be given back comes free when its lease ends. */
  async function giveBack(): Promise<void> {
    if (!isToShare || !(await intake.drop())) return;
    isToShare = false;
    await server.releaseLeases().catch(() => {});
  }

  async function holdReady(): Promise<RoundEnd> {
    await giveBack();
    for (let turn = 0; turn < MOST_ASKED; turn++) {
      const asked = await intake.ask();
      const manifest = await server.lease().catch((error: unknown) => ({ failed: failureIn(error) !== null }));
      if ("failed" in manifest) return { kind: manifest.failed ? "unreached" : "held" }; // a desk that may hold nothing
      const came = await intake.receive(asked, manifest);
      if (came !== "ask_again") break; // what comes first comes with the next round
    }
    return { kind: "held" };
  }

  return {
    async redeem(scan) {
      awaited.add(scan.scanId);
      const { state, errand } = begun(scan.scanId, "up");
      const news = await errands.run(errand, state, scan);
      if (news?.kind !== "answered") throw (news?.kind === "lost" && news.because) || new Failed("unavailable");
      const heard = decidingAfter(state, news);
      await errands.run(heard.errand, heard.state, scan);
      awaited.delete(scan.scanId);
      return news.outcome;
    },

    async judge(scan) {
      const { state, errand } = begun(scan.scanId, "down");
      const news = await errands.run(errand, state, scan);
      const end = news && decidingAfter(state, news).state;
      if (end?.kind === "judged_here") return { kind: "judged_here", outcome: end.outcome };
      return { kind: "undecided", why: end?.kind === "undecided" ? end.why : "unexpected" };
    },

    share() {
      isToShare = true;
    },

    letGo: (scanId) => void awaited.delete(scanId),

    async round() {
      if (!(await takeBackRest())) return { kind: "unreached" };
      const ended = await handIn();
      if (ended.kind === "waiting") return { kind: "waiting", pauseMs: ended.pauseMs };
      if (ended.kind !== "done") return { kind: "stopped", because: ended.kind };
      return holdReady();
    },

    story: () => deskStory(store, clock),
  };
}
