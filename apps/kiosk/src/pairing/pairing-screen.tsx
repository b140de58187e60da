import { useQuery } from "@tanstack/react-query";
import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { Button } from "@tessera/ui";
import { useEffect, useState } from "react";
import { arrive } from "./arrive.ts";
import { AskingPanel } from "./asking-panel.tsx";
import type { Line } from "./line.ts";
import { PairingForm } from "./pairing-form.tsx";
import { PairingFrame } from "./pairing-frame.tsx";
import { lostWords, unknownDeskWords } from "./pairing-words.ts";

const ASK_AGAIN_MS = 3_000;

interface PairingScreenProps {
  line: Line;
  onPaired: (desk: PairedDevice) => void;
}

/** A kiosk that is no desk yet: it finds out by itself what it can be, and otherwise asks for a code. */
export function PairingScreen({ line: { number, connection, situation, lost }, onPaired }: PairingScreenProps) {
  const { data: arrival, failureCount } = useQuery({
    queryKey: ["arrival", number],
    queryFn: () => arrive(connection.client, situation),
    networkMode: "always", // the server may be on this very machine
    retry: true,
    retryDelay: ASK_AGAIN_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const found = arrival?.kind === "desk" ? arrival.desk : null;
  useEffect(() => {
    if (found) onPaired(found);
  }, [found]);

  if (arrival?.kind === "ask") {
    const { unknown } = arrival;
    const note = lost ? lostWords[lost] : unknown !== null ? unknownDeskWords(unknown) : null;
    return (
      <PairingFrame title="Pair this desk" note={note}>
        <WaysToPair client={connection.client} onPaired={onPaired} />
      </PairingFrame>
    );
  }
  const note = failureCount > 0 ? "The server cannot be reached. This screen asks again by itself." : null;
  return <PairingFrame title="Setting up this desk…" note={note} />;
}

/** This kiosk asks, and staff say yes; or staff give a code, and somebody types it here. */
function WaysToPair(props: { client: Connection["client"]; onPaired: (desk: PairedDevice) => void }) {
  const [isTyping, setIsTyping] = useState(false);
  return (
    <>
      {isTyping ? <PairingForm {...props} /> : <AskingPanel {...props} />}
      <Button
        look="quiet"
        className="-ml-4 min-h-target justify-self-start text-near"
        onClick={() => setIsTyping((before) => !before)}
      >
        {isTyping ? "Show a code to staff instead" : "Type a pairing code from staff instead"}
      </Button>
    </>
  );
}
