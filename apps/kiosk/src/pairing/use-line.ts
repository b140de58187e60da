import type { PairedDevice } from "@tessera/contracts";
import { useRef, useState } from "react";
import { browserMemory } from "../common/memory.ts";
import { pendingScan } from "../scan/pending-scan.ts";
import { heldDesk, holdDesk, letGoOfDesk } from "./held-desk.ts";
import { deskLine, firstLine, type Line, openLine } from "./line.ts";
import { mayPairAgain } from "./pairing-plan.ts";

/** Which desk this kiosk is, and the ways to become another. */
export function useLine() {
  const [line, setLine] = useState(() => firstLine(heldDesk(browserMemory), wantedInAddress()));
  const lastTurnedAwayAt = useRef<number | null>(null);

  const switchTo = (next: Line) => {
    void line.connection.close();
    setLine(next);
  };

  return {
    line,
    occupy(desk: PairedDevice) {
      holdDesk(browserMemory, desk);
      if (line.desk) pendingScan(browserMemory).forget(); // what one desk scanned is not for another to send
      dropWantedFromAddress(desk);
      switchTo(deskLine(desk));
    },
    leave() {
      letGoOfDesk(browserMemory);
      pendingScan(browserMemory).forget();
      switchTo(openLine({ held: null, wanted: null, mayPairItself: false }, "left"));
    },
    /** It has forgotten everything, as staff asked. */
    wiped: () => switchTo(openLine({ held: null, wanted: null, mayPairItself: false }, "wiped")),
    turnedAway() {
      const now = Date.now();
      const mayPairItself = mayPairAgain(lastTurnedAwayAt.current, now);
      lastTurnedAwayAt.current = now;
      letGoOfDesk(browserMemory);
      switchTo(openLine({ held: null, wanted: line.desk?.name ?? null, mayPairItself }, "turned_away"));
    },
  };
}

const wantedInAddress = () => new URLSearchParams(location.search).get("desk") || null;

/** Somebody chose another desk here: a reload must not bring back the one in the address. */
function dropWantedFromAddress(desk: PairedDevice) {
  const wanted = wantedInAddress();
  if (wanted !== null && wanted.toLowerCase() !== desk.name.toLowerCase())
    history.replaceState(null, "", location.pathname);
}
