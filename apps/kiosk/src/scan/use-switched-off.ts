import type { DeviceId } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { useConnection, useFlag, useFlagNews } from "@tessera/sdk/react";
import { useEffect, useState } from "react";
import type { DeskFlagMemory } from "../offline/desk-flags.ts";

const KEY = "qr-checkout-enabled";
const ASK_MS = 10_000;
/** What is remembered grows old while there is no line, and the screen has to follow. */
const LOOK_MS = 15_000;

/**
 * Whether this desk would take no code now: by the news, and without a line by what it remembers. Keeps what it remembers young.
 *
 * @param deviceId Of the desk.
 */
export function useSwitchedOff(deviceId: DeviceId, client: Connection["client"]): boolean {
  const { decision } = useFlag(KEY);
  const isAlone = useConnection().state === "offline";
  const memory = useFlagMemory(deviceId, client);
  const remembered = useRemembered(memory, isAlone);
  return (isAlone ? (remembered ?? decision?.value) : decision?.value) === false;
}

/** null until it is loaded: the first scan does not wait for it. */
function useFlagMemory(deviceId: DeviceId, client: Connection["client"]): DeskFlagMemory | null {
  const [memory, setMemory] = useState<DeskFlagMemory | null>(null);

  useEffect(() => {
    let opened: DeskFlagMemory | null = null;
    let isOver = false;
    const askServer = () => client.flag.signedSet.query(undefined, { signal: AbortSignal.timeout(ASK_MS) });
    void import("../offline/desk-flags.ts").then(
      ({ openDeskFlags }) => {
        if (isOver) return;
        opened = openDeskFlags(deviceId, askServer);
        setMemory(opened);
      },
      () => {}, // without it the desk goes by the news alone
    );
    return () => {
      isOver = true;
      opened?.close();
      setMemory(null);
    };
  }, [deviceId, client]);

  useFlagNews(() => memory?.news());
  return memory;
}

/** What the desk remembers of the flag while it is alone; null when that is nothing, or when it is not alone. */
function useRemembered(memory: DeskFlagMemory | null, isAlone: boolean): boolean | null {
  const [remembered, setRemembered] = useState<boolean | null>(null);
  useEffect(() => {
    if (!memory || !isAlone) return;
    let isOver = false;
    const look = () =>
      void memory.isOn(KEY).then((isOn) => {
        if (!isOver) setRemembered(isOn);
      });
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      setRemembered(null);
    };
  }, [memory, isAlone]);
  return remembered;
}
