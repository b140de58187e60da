import type { RedemptionOutcome, Scan, ScanFate, ScanId, UndoOutcome } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { CannotDecide } from "./cannot-decide.ts";
import type { Deciding, DecidingNews, Errand } from "./deciding.ts";
import { refused } from "./judge.ts";
import type { OfflineLedger } from "./offline-ledger.ts";
import { type ReadAtDesk, readAtDesk } from "./read-at-desk.ts";
import type { DeskIdentity } from "./rows.ts";
import type { SentScans } from "./sent-scans.ts";
import type { DeskStore } from "./store.ts";

/** What the server is asked. Each throws when there was no answer. */
export interface DeskServer {
  redeem(scan: Scan): Promise<RedemptionOutcome>;
  outcomeOf(scan: Pick<Scan, "scanId">): Promise<ScanFate>;
  undo(scan: Pick<Scan, "scanId"> & { because: string }): Promise<UndoOutcome>;
}

export interface ErrandTools {
  server: DeskServer;
  store: DeskStore;
  sent: SentScans;
  ledger: OfflineLedger;
  desk: DeskIdentity;
  /** Hands in what was accepted here (`Outbox.handInAll`). */
  handIn(): Promise<unknown>;
}

const UNSEEN = "The answer was lost on the way, so nobody at the desk saw it.";

/** Does what `decidingAfter` asks for. */
export interface DeskErrands {
  /**
   * @param errand Any but `wait_for_line` and `scan_afresh`, which are for whoever has the clock and the camera.
   * @param state In which it was asked for.
   * @param scan Null when the page was opened since, and its text is gone.
   * @returns The news it brings; null when it brings none. Never throws for a server or a store that fails.
   */
  run(errand: Errand, state: Deciding, scan: Scan | null): Promise<DecidingNews | null>;
}

export function deskErrands({ server, store, sent, ledger, desk, handIn }: ErrandTools): DeskErrands {
  const read = async ({ text }: Scan): Promise<ReadAtDesk | "malformed" | "unsupported"> => {
    const manifest = await store.read((tables) => tables.manifest.get(1)).catch(noStore);
    return readAtDesk(text, manifest?.signed ?? null);
  };

  async function send(scan: Scan): Promise<DecidingNews> {
    const code = await read(scan);
    const offlineId = typeof code === "string" ? null : code.offlineId;
    // A desk that can write nothing down may still ask: the server decides, and alone the desk decides nothing anyway.
    const add = () => sent.add(scan.scanId, offlineId).catch(noStore);
    if ((await add()) === false) {
      await handIn();
      if ((await add()) === false) return { kind: "lost" };
    }
    return { kind: "answered", outcome: await server.redeem(scan) };
  }

  async function decideHere(scan: Scan): Promise<DecidingNews> {
    const code = await read(scan);
    const { scanId, source } = scan;
    if (typeof code === "string") return { kind: "judged_here", outcome: refused(scanId, { reason: code }) };

    const by = { deviceId: desk.deviceId, memberId: null };
    const { offlineId: lookup, fingerprint, proof } = code;
    const outcome = await ledger.decide({ scanId, lookup, fingerprint, source, by }, proof);
    return { kind: "judged_here", outcome };
  }

  async function takeBack(scanId: ScanId): Promise<DecidingNews> {
    const undo = await server.undo({ scanId, because: UNSEEN });
    if (undo.kind === "refused" && undo.because === "not_redeemed") {
      const fate = await server.outcomeOf({ scanId }); // a no, and which one: a cancelled code is not held any longer
      if (fate.kind !== "undecided") await sent.heard(fate);
    }
    return { kind: "undo", undo };
  }

  const asked = (work: Promise<DecidingNews>): Promise<DecidingNews> =>
    work.catch((because: unknown) => ({ kind: "lost", because }));

  return {
    async run(errand, state, scan) {
      const { scanId } = state;
      switch (errand) {
        case "send":
          return scan && asked(send(scan));
        case "ask_fate":
          return asked(server.outcomeOf({ scanId }).then((fate) => ({ kind: "fate", fate })));
        case "take_back":
          return asked(takeBack(scanId));
        case "decide_here":
          return scan && decideHere(scan).catch(couldNot);
        case "note_answer":
          return state.kind === "answered" ? sent.heard(state.outcome).then(() => null, noStore) : null;
        case "note_taken_back":
          return state.kind === "taken_back" ? sent.takenBack(state.undo).then(() => null, noStore) : null;
        default:
          return null;
      }
    },
  };
}

/** Trouble of the store has its own words on the screen (`deskStory`); anything else is a fault of ours. */
function noStore(error: unknown): null {
  if (error instanceof Failed) return null;
  throw error;
}

const couldNot = (error: unknown): DecidingNews => ({
  kind: "could_not",
  why: error instanceof CannotDecide ? error.why : "unexpected",
});
