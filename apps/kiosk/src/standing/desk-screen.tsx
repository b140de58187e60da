import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { ScanScreen } from "../scan/scan-screen.tsx";
import { BlockedScreen, LockedScreen } from "./standing-screens.tsx";
import { useStanding } from "./use-standing.ts";
import { WipingScreen } from "./wiping-screen.tsx";

interface DeskScreenProps {
  desk: PairedDevice;
  client: Connection["client"];
  status: Connection["status"];
  onUnknown: () => void;
  onWiped: () => void;
  /** To another desk; null to none. */
  onMove: (desk: PairedDevice | null) => void;
}

/** A desk at work, or why it is not. */
export function DeskScreen({ desk, client, status, onUnknown, onWiped, onMove }: DeskScreenProps) {
  const { standing, look } = useStanding(desk, client, onUnknown);

  if (standing?.state === "wiping" || standing?.state === "wiped") {
    return <WipingScreen desk={desk} client={client} mayHandIn={!standing.isBlocked} onWiped={onWiped} />;
  }
  if (standing?.state === "blocked") {
    return <BlockedScreen desk={desk} onLeave={() => onMove(null)} />;
  }
  if (standing?.state === "locked" || standing?.scopes.includes("redeem") === false) {
    const because = standing.state === "locked" ? standing.because : null;
    return <LockedScreen desk={desk} isLocked={standing.state === "locked"} because={because} onOwnNews={look} />;
  }
  return (
    <ScanScreen desk={desk} client={client} status={status} onTurnedAway={look} onOwnNews={look} onMove={onMove} />
  );
}
