import { TesseraProvider } from "@tessera/sdk/react";
import { PairingScreen } from "./pairing/pairing-screen.tsx";
import { useLine } from "./pairing/use-line.ts";
import { DeskScreen } from "./standing/desk-screen.tsx";

/** Either a desk that scans, or a screen that waits to become one. */
export function Kiosk() {
  const { line, occupy, leave, turnedAway, wiped } = useLine();
  const { connection, desk, number } = line;

  return (
    <TesseraProvider key={number} connection={connection}>
      {desk ? (
        <DeskScreen
          desk={desk}
          client={connection.client}
          status={connection.status}
          onUnknown={turnedAway}
          onWiped={wiped}
          onMove={(next) => (next ? occupy(next) : leave())}
        />
      ) : (
        <PairingScreen line={line} onPaired={occupy} />
      )}
    </TesseraProvider>
  );
}
