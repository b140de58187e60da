import type { FlagKey } from "@tessera/contracts";
import { TrendingUp } from "lucide-react";
import { useSpeech } from "../../../common/use-speech.ts";
import { rampText } from "./ramp-words.ts";
import { useRamp } from "./use-ramp.ts";

/** Where the flag's ramp stands, where it has one that says something still. */
export function RampLine({ flagKey }: { flagKey: FlagKey }) {
  const ramp = useRamp(flagKey);
  const speech = useSpeech();
  if (!ramp.data) return null;
  return (
    <p
      className={`flex items-start gap-2 text-sm ${ramp.data.state === "paused" ? "text-wait-word" : "text-ink-soft"}`}
    >
      <TrendingUp aria-hidden strokeWidth={1.75} className="mt-px size-5 shrink-0" />
      <span className="min-w-0">{rampText(ramp.data, speech)}</span>
    </p>
  );
}
