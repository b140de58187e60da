import { type Outcome, openTones, type Tones } from "@tessera/ui";
import { useEffect, useRef, useState } from "react";
import { browserMemory } from "../common/memory.ts";

const KEY = "tessera.kiosk.sound";

/** The fourth way of telling: a tone for each outcome that appears. Muting is remembered. */
export function useSound(outcome: Outcome | null, occasion: unknown) {
  const tones = useRef<Tones>(null);
  const [isOn, setOn] = useState(() => browserMemory.getItem(KEY) !== "off");

  useEffect(() => {
    const opened = openTones();
    tones.current = opened;
    return () => opened.close();
  }, []);
  useEffect(() => tones.current?.mute(!isOn), [isOn]);

  useEffect(() => {
    if (outcome) tones.current?.play(outcome.tone === "kept" ? "look" : outcome.tone);
  }, [occasion]);

  return {
    isOn,
    toggle() {
      browserMemory.setItem(KEY, isOn ? "off" : "on");
      setOn(!isOn);
    },
  };
}
