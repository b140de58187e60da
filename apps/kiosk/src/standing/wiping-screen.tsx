import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { Eraser } from "lucide-react";
import { useEffect, useRef } from "react";
import { isTurnedAway } from "../scan/send-scan.ts";
import { StandingFrame } from "./standing-frame.tsx";

interface WipingScreenProps {
  desk: PairedDevice;
  client: Connection["client"];
  mayHandIn: boolean;
  onWiped: () => void;
}

/** Hands in what it accepted alone, if it may; then forgets everything, and says so. */
export function WipingScreen({ desk, client, mayHandIn, onWiped }: WipingScreenProps) {
  const wiped = useRef(onWiped);
  useEffect(() => {
    wiped.current = onWiped;
  });

  useEffect(() => {
    let isOver = false;
    void import("../offline/wipe-desk.ts").then(async ({ wipeDesk }) => {
      await wipeDesk({
        deviceId: desk.deviceId,
        handIn: mayHandIn ? (scans) => client.qr.handIn.mutate({ scans }) : null,
        giveBack: () => client.qr.releaseLeases.mutate(),
        confirm: () => client.device.wiped.mutate({ token: desk.token }),
        isTurnedAway,
        storages: [localStorage, sessionStorage],
        isOver: () => isOver,
      });
      if (!isOver) wiped.current();
    });
    return () => {
      isOver = true;
    };
  }, [desk, client, mayHandIn]);

  return (
    <StandingFrame desk={desk} standing="wiping" look="wait" Icon={Eraser} title="This kiosk forgets everything">
      <p>
        {mayHandIn ? "It hands in what it accepted without a network, and then keeps nothing." : "It keeps nothing."}
      </p>
    </StandingFrame>
  );
}
