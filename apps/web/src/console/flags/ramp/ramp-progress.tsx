import type { FlagUnit, Ramp } from "@tessera/contracts/flags";
import { useSpeech } from "../../../common/use-speech.ts";
import { RampActs } from "./ramp-acts.tsx";
import { StepTile } from "./ramp-step-tile.tsx";
import { waitsFor } from "./ramp-words.ts";
import { words } from "./words.ts";

/** What the ramp waits for, the line of its steps, and what can be done. Where it stands is said above, on every part. */
export function RampProgress({ ramp, unit }: { ramp: Ramp; unit?: FlagUnit | undefined }) {
  const speech = useSpeech();
  return (
    <div className="grid grid-cols-1 gap-5 rounded-card border border-line bg-surface p-4 sm:p-5">
      <p role="status" className="text-lg font-semibold">
        {waitsFor(ramp, speech)}
      </p>
      <ol aria-label={words.steps} className="grid grid-cols-[repeat(auto-fit,minmax(min(11rem,100%),1fr))] gap-3">
        {ramp.steps.map((step, place) => (
          <StepTile key={place} ramp={ramp} step={step} place={place} unit={unit} />
        ))}
      </ol>
      <RampActs ramp={ramp} />
    </div>
  );
}
