import type { Scan, ScanSource } from "@tessera/contracts";
import { type Connection, newScanId } from "@tessera/sdk";
import { useEffect, useReducer, useRef, useState } from "react";
import { browserMemory } from "../common/memory.ts";
import { deskAfter, quietDesk } from "./desk-state.ts";
import { pendingScan } from "./pending-scan.ts";
import { sendScan } from "./send-scan.ts";

/** One attempt that hears nothing for so long is asked again. */
const ATTEMPT_MS = 3_000;

/** What the desk shows, and how scans reach the server. */
export function useDesk({ qr }: Connection["client"], onTurnedAway: () => void) {
  const [desk, tell] = useReducer(deskAfter, quietDesk);
  const [pending] = useState(() => pendingScan(browserMemory));
  const turnedAway = useRef(onTurnedAway);
  useEffect(() => {
    turnedAway.current = onTurnedAway;
  });

  const redeem = (scan: Scan) => qr.redeem.mutate(scan, { signal: AbortSignal.timeout(ATTEMPT_MS) });

  const send = async (scan: Scan) => {
    tell({ kind: "scanned", scan, at: Date.now() });
    const sent = await sendScan(redeem, scan);
    if (sent.kind === "turned_away") return turnedAway.current();
    if (sent.kind === "undecided") return tell({ kind: "gave_up", scan, because: sent.because });
    pending.settle(scan.scanId);
    tell({ kind: "answered", scan, outcome: sent.outcome, at: Date.now() });
  };

  useEffect(() => {
    const left = pending.held();
    if (left) void send(left);
  }, []);

  const { showing } = desk;
  const until = showing.kind === "answered" ? showing.until : null;
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => tell({ kind: "time_passed", at: until }), until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);

  return {
    desk,
    tell,
    /** Something was read: it is kept, then sent. */
    take(text: string, source: ScanSource) {
      const scan: Scan = { scanId: newScanId(), text, source };
      pending.keep(scan);
      void send(scan);
    },
    /** The same scan once more, under its own id. */
    tryAgain(scan: Scan) {
      pending.keep(scan);
      void send(scan);
    },
  };
}
