import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { useConnection } from "@tessera/sdk/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DeskStory } from "../offline/desk-story.ts";
import type { OpenDesk } from "../offline/open-offline-desk.ts";
import { isTurnedAway } from "./send-scan.ts";

/** Leases run out while nothing happens, and the screen has to follow. */
const LOOK_MS = 15_000;
const ASK_MS = 10_000;

/** The offline half of this desk, as screens use it. */
export interface OfflineHalf {
  /** Loaded by and by; null where it cannot be, and then the desk asks the server alone. */
  opened(): Promise<OpenDesk | null>;
  /** null before it was read. */
  story: DeskStory | null;
  /** Reads the story anew. */
  look(): void;
  /** Codes were made, or the line is back. */
  soon(): void;
  /** There is another desk: what is not for this one alone is given back. */
  share(): void;
}

/** Loads the offline half, keeps it ready, and tells how it stands. */
export function useOfflineDesk(desk: PairedDevice, client: Connection["client"]): OfflineHalf {
  const [story, setStory] = useState<DeskStory | null>(null);
  const half = useRef<Promise<OpenDesk | null>>(Promise.resolve(null));

  const look = useCallback(() => {
    const mine = half.current;
    void mine
      .then((open) => open?.story() ?? null)
      .then(
        (told) => half.current === mine && setStory(told),
        () => {}, // a browser that keeps nothing has no story
      );
  }, []);

  useEffect(() => {
    const opening = import("../offline/open-offline-desk.ts").then(
      ({ openOfflineDesk }) => openOfflineDesk(desk, { server: serverOf(client), onRound: look, isTurnedAway }),
      () => null, // without it the desk goes by the server alone
    );
    half.current = opening;
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      half.current = Promise.resolve(null);
      void opening.then((open) => open?.close());
    };
  }, [desk, client, look]);

  const soon = useCallback(() => void half.current.then((open) => open?.rounds.soon()), []);
  const share = useCallback(
    () =>
      void half.current.then((open) => {
        open?.share();
        open?.rounds.now();
      }),
    [],
  );
  const isUp = ["live", "polling"].includes(useConnection().state);
  useEffect(() => {
    if (isUp) soon();
    look();
  }, [isUp, soon, look]);

  return { opened: () => half.current, story, look, soon, share };
}

/** One attempt that hears nothing for so long is asked again. */
const ATTEMPT_MS = 3_000;

function serverOf({ qr }: Connection["client"]) {
  const patience = (ms: number) => ({ signal: AbortSignal.timeout(ms) });
  return {
    redeem: (scan: Parameters<typeof qr.redeem.mutate>[0]) => qr.redeem.mutate(scan, patience(ATTEMPT_MS)),
    outcomeOf: (scan: Parameters<typeof qr.outcomeOf.query>[0]) => qr.outcomeOf.query(scan, patience(ASK_MS)),
    undo: (scan: Parameters<typeof qr.undo.mutate>[0]) => qr.undo.mutate(scan, patience(ASK_MS)),
    handIn: (scans: Parameters<typeof qr.handIn.mutate>[0]["scans"]) => qr.handIn.mutate({ scans }, patience(ASK_MS)),
    lease: () => qr.lease.mutate({}, patience(ASK_MS)),
    releaseLeases: () => qr.releaseLeases.mutate(undefined, patience(ASK_MS)),
  };
}
