import type { FlagUnit, Ramp } from "@tessera/contracts/flags";
import { ActDialog } from "../act-dialog.tsx";
import { reachText } from "./ramp-words.ts";
import { useMove } from "./use-move.ts";
import { words } from "./words.ts";

interface JumpDialogProps {
  ramp: Ramp;
  /** From 0. */
  place: number;
  unit?: FlagUnit | undefined;
  onClose: () => void;
}

/** To a step at once, past those between. */
export function JumpDialog({ ramp, place, unit, onClose }: JumpDialogProps) {
  const move = useMove(ramp);
  const step = ramp.steps[place];
  return (
    <ActDialog
      title={words.jumpTitle(place + 1)}
      submit={words.jumpNow}
      act={(because) => move({ act: "jump", step: place, because })}
      onClose={onClose}
    >
      <p>{step && words.jumpSays(reachText(step.reach, unit))}</p>
    </ActDialog>
  );
}
