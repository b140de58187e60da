import type { Scan, ScanId } from "@tessera/contracts";
import { useConnection } from "@tessera/sdk/react";
import { useEffect, useRef } from "react";
import { scanToTryAgain } from "./again-by-itself.ts";
import type { Showing } from "./desk-state.ts";

/** "Not sure yet" does not wait for a hand when the connection comes back. */
export function useAgainByItself(showing: Showing, tryAgain: (scan: Scan) => void): void {
  const { state } = useConnection();
  const before = useRef(state);
  const lastTried = useRef<ScanId | null>(null);

  useEffect(() => {
    const scan = scanToTryAgain({ showing, before: before.current, now: state, lastTried: lastTried.current });
    before.current = state;
    if (!scan) return;
    lastTried.current = scan.scanId;
    tryAgain(scan);
  }, [state]);
}
