import type { Scan, ScanId, ScanSource } from "@tessera/contracts";
import { type Connection, newScanId } from "@tessera/sdk";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { browserMemory } from "../common/memory.ts";
import { deskAfter, quietDesk, type Undecided } from "./desk-state.ts";
import { lineNow, reachServer } from "./line-now.ts";
import { pendingScan } from "./pending-scan.ts";
import { sendScan } from "./send-scan.ts";
import type { OfflineHalf } from "./use-offline-desk.ts";

/** One attempt that hears nothing for so long is asked again. */
const ATTEMPT_MS = 3_000;

interface DeskOptions {
  client: Connection["client"];
  /** @returns How news arrives, now. */
  status: Connection["status"];
  offline: OfflineHalf;
  onTurnedAway: () => void;
}

/** What the desk shows, and who decides its scans: the server while it can be asked, else the desk alone. */
export function useDesk({ client, status, offline, onTurnedAway }: DeskOptions) {
  const [desk, tell] = useReducer(deskAfter, quietDesk);
  const [pending] = useState(() => pendingScan(browserMemory));
  /** Scans the desk has judged, or tried to: never sent under their id. */
  const decidedHere = useRef(new Set<ScanId>());
  const newest = useRef<ScanId | null>(null);
  const latest = useRef({ onTurnedAway, offline });
  useEffect(() => {
    latest.current = { onTurnedAway, offline };
  });

  /** Nobody stands there for it any more. */
  const letGo = useCallback(
    async (scanId: ScanId) => {
      const open = await latest.current.offline.opened();
      if (!open) return; // it stays pending, and is asked about when this page is opened again
      pending.settle(scanId);
      open.letGo(scanId);
      open.rounds.soon();
    },
    [pending],
  );

  const gaveUp = (scan: Scan, because: Undecided) => {
    tell({ kind: "gave_up", scan, because });
    if (newest.current !== scan.scanId && !decidedHere.current.has(scan.scanId)) void letGo(scan.scanId);
  };

  async function askServer(scan: Scan) {
    pending.keep(scan);
    const open = await Promise.race([latest.current.offline.opened(), nothingYet()]);
    const alone = (one: Scan) => client.qr.redeem.mutate(one, { signal: AbortSignal.timeout(ATTEMPT_MS) });
    const sent = await sendScan(open?.redeem ?? alone, scan);
    if (sent.kind === "turned_away") return latest.current.onTurnedAway();
    if (sent.kind === "undecided") return gaveUp(scan, sent.because);
    pending.settle(scan.scanId);
    tell({ kind: "answered", scan, outcome: sent.outcome, at: Date.now() });
  }

  async function judgeHere(scan: Scan) {
    decidedHere.current.add(scan.scanId);
    const open = await latest.current.offline.opened();
    const judged = open ? await open.judge(scan) : { kind: "undecided" as const, why: "no_store" as const };
    if (judged.kind === "undecided") return gaveUp(scan, judged.why);
    tell({ kind: "answered", scan, outcome: judged.outcome, at: Date.now() });
    latest.current.offline.look();
  }

  const begin = (scan: Scan) => {
    newest.current = scan.scanId;
    tell({ kind: "scanned", scan, at: Date.now() });
  };

  /** Decided by whom the line lets: for this scan id that stays so for ever. */
  const decide = async (scan: Scan) => {
    begin(scan);
    const line = await lineNow({ state: status().state, hasNetwork: navigator.onLine, reach: reachServer });
    await (line === "up" ? askServer(scan) : judgeHere(scan));
  };

  useEffect(() => {
    const left = pending.held();
    if (!left) return;
    begin(left);
    void askServer(left);
  }, []);

  const { showing } = desk;
  const until = showing.kind === "answered" ? showing.until : null;
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => tell({ kind: "time_passed", at: until }), until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);

  // What was on the screen without an answer, and is not any more, is taken back.
  const unanswered =
    showing.kind === "undecided" && !decidedHere.current.has(showing.scan.scanId) ? showing.scan.scanId : null;
  const before = useRef<ScanId | null>(null);
  useEffect(() => {
    const left = before.current;
    before.current = unanswered;
    if (left !== null && left !== unanswered && newest.current !== left) void letGo(left);
  }, [unanswered, letGo]);

  const { story } = offline;
  useEffect(() => {
    if (story) tell({ kind: "judged", verdicts: story.verdicts });
  }, [story]);

  const take = (text: string, source: ScanSource) => void decide({ scanId: newScanId(), text, source });

  return {
    desk,
    tell,
    take,
    dismiss: useCallback(() => {
      newest.current = null;
      tell({ kind: "dismissed" });
    }, []),
    /** The same code once more: under its own id if the server may know it, under a new one if it never left the desk. */
    tryAgain(scan: Scan) {
      if (decidedHere.current.has(scan.scanId)) return take(scan.text, scan.source);
      begin(scan);
      void askServer(scan);
    },
  };
}

/** A scan does not wait for the offline half to be loaded while the server can be asked. */
const nothingYet = () => new Promise<null>((resolve) => setTimeout(resolve, 300, null));
