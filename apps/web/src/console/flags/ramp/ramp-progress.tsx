import type { FlagUnit, Ramp } from "@tessera/contracts/flags";
import { useSpeech } from "../../../common/use-speech.ts";
import { RampActs } from "./ramp-acts.tsx";
import { StepTile } from "./ramp-step-tile.tsx";
import { rampText, waitsFor } from "./ramp-words.ts";
import { words } from "./words.ts";

/** The line of steps, where the ramp stands on it, what it waits for, and what can be done. */
export function RampProgress({ ramp, unit }: { ramp: Ramp; unit?: FlagUnit | undefined }) {
  const speech = useSpeech();
  return (
    <div className="grid grid-cols-1 gap-5 rounded-card border border-line bg-surface p-5">
      <div role="status" className="grid gap-1">
        <p className="text-lg font-semibold">{rampText(ramp, speech, unit)}</p>
        <p className="min-h-6">{waitsFor(ramp, speech)}</p>
      </div>
      <ol aria-label={words.steps} className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {ramp.steps.map((step, place) => (
          <StepTile key={place} ramp={ramp} step={step} place={place} unit={unit} />
        ))}
      </ol>
      <RampActs ramp={ramp} />
    </div>
  );
}
