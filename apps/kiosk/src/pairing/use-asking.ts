import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { useEffect, useRef, useState } from "react";
import { type Asking, askToPair } from "./ask-to-pair.ts";

/** Asks to become a desk for as long as the screen is here. `again` asks anew after a no. */
export function useAsking({ device }: Connection["client"], onPaired: (desk: PairedDevice) => void) {
  const [asking, setAsking] = useState<Asking>({ kind: "starting" });
  const [turn, setTurn] = useState(0);
  const done = useRef(onPaired);
  useEffect(() => {
    done.current = onPaired;
  });

  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    void askToPair({
      start: () => device.start.mutate({ userAgent: navigator.userAgent }, { signal }),
      poll: (deviceCode) => device.poll.mutate({ deviceCode }, { signal }),
      wait: (ms) => pause(ms, signal),
      now: () => Date.now(),
      tell: (next) => !signal.aborted && setAsking(next),
    }).then(
      (desk) => desk && !signal.aborted && done.current(desk),
      () => {}, // nobody waits any more
    );
    return () => ending.abort();
  }, [device, turn]);

  return { asking, again: () => setTurn((before) => before + 1) };
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
