import type { FlagUnit, Ramp, RampStep } from "@tessera/contracts/flags";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { JumpDialog } from "./jump-dialog.tsx";
import { guardText, holdText, reachText } from "./ramp-words.ts";
import { words } from "./words.ts";

interface StepTileProps {
  ramp: Ramp;
  step: RampStep;
  /** From 0. */
  place: number;
  unit?: FlagUnit | undefined;
}

/** One step: whom it lets in, until when, and what stops it. */
export function StepTile({ ramp, step, place, unit }: StepTileProps) {
  const [jumps, setJumps] = useState(false);
  const isNow = place === ramp.step;
  const isDone = place < ramp.step;
  const mayJump = !isNow && (ramp.state === "running" || ramp.state === "paused");
  const edge = isNow ? "border-accent bg-accent-wash" : isDone ? "border-ok" : "border-line";

  return (
    <li
      aria-current={isNow ? "step" : undefined}
      className={`flex min-w-0 flex-col gap-1.5 rounded-tile border-t-4 bg-paper p-3.5 ${edge}`}
    >
      <p className="flex items-baseline justify-between gap-2 text-sm font-semibold text-ink-soft">
        {words.step(place + 1)}
        <span className={isNow ? "text-accent" : "text-ok"}>{isNow ? words.now : isDone ? words.done : ""}</span>
      </p>
      <p className="font-semibold first-letter:uppercase">{reachText(step.reach, unit)}</p>
      <p className="text-sm first-letter:uppercase">{holdText(step.hold)}</p>
      {step.guards.map((guard) => (
        <p key={`${guard.action}${guard.above}`} className="text-sm text-ink-soft">
          {guardText(guard)}
        </p>
      ))}
      {mayJump && (
        <Button look="quiet" className="mt-auto self-start px-0!" onClick={() => setJumps(true)}>
          {words.jump(place + 1)}
        </Button>
      )}
      {jumps && <JumpDialog ramp={ramp} place={place} unit={unit} onClose={() => setJumps(false)} />}
    </li>
  );
}
