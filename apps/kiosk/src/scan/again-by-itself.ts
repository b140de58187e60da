import type { Scan, ScanId } from "@tessera/contracts";
import type { ConnectionState } from "@tessera/sdk";
import type { Showing } from "./desk-state.ts";

type LineState = ConnectionState["state"];

interface Facts {
  showing: Showing;
  before: LineState;
  now: LineState;
  /** The last scan that was tried again so. */
  lastTried: ScanId | null;
}

/** @returns The undecided scan on the screen when the connection has just come back to it; once for each scan. */
export function scanToTryAgain({ showing, before, now, lastTried }: Facts): Scan | null {
  if (showing.kind !== "undecided" || showing.scan.scanId === lastTried) return null;
  return reaches(now) && !reaches(before) ? showing.scan : null;
}

const reaches = (state: LineState): boolean => state === "live" || state === "polling";
