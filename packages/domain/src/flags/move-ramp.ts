import type { FlagRefusalReason, MoveRamp, Ramp, RampAct, RampReach, RampState } from "@tessera/contracts/flags";
import { type RampFacts, wantsMore } from "./ramp-holds.ts";
import { atStep, completed, type PlacedRamp, paused, rolledBack } from "./ramp-places.ts";

/** What became of a person's move. `publish`: whom the flag is for now; null leaves the flag. */
export type RampMoved =
  | { kind: "moved"; ramp: Ramp; publish: RampReach | "nobody" | null }
  | { kind: "refused"; reason: FlagRefusalReason };

/** What a person's move is judged by. */
type Now = Pick<RampFacts, "now" | "cohort">;

/** Where a ramp has to stand for each act. */
const fitting: Record<RampAct, readonly RampState[]> = {
  start: ["ready", "completed", "rolled_back"],
  pause: ["running"],
  resume: ["paused"],
  approve: ["running"],
  roll_back: ["running", "paused"],
  jump: ["running", "paused"],
};

/**
 * What a person does with a ramp.
 *
 * A resumed ramp publishes its step again and observes it anew: somebody may have changed the flag meanwhile. A restarted one
 * goes through the same steps, and since the flag keeps its salt, the same people come first.
 *
 * @param ramp The ramp as it stands.
 * @param move The act, and the version that was looked at.
 * @param facts The clock, and how many of the cohort are members.
 * @returns The ramp one version later, and whom its flag is for. Refused: `moved_on` when somebody or the ramp itself was
 *   faster, `wrong_state` when the act does not fit where it stands, `too_few` before a step for more people than the cohort has.
 */
export function moveRamp(ramp: Ramp, move: MoveRamp, facts: Now): RampMoved {
  if (move.version !== ramp.version) return refused("moved_on");
  if (!fitting[move.act].includes(ramp.state)) return refused("wrong_state");

  switch (move.act) {
    case "pause":
      return moved(paused(ramp, move.because));
    case "roll_back":
      return moved(rolledBack(ramp, move.because));
    case "resume":
      return moved(atStep(ramp, ramp.step, facts.now));
    case "approve":
      return approve(ramp, facts);
    case "start":
      return goTo(ramp, 0, facts);
    case "jump":
      return goTo(ramp, move.step ?? -1, facts);
  }
}

function approve(ramp: Ramp, facts: Now): RampMoved {
  if (ramp.steps[ramp.step]?.hold.kind !== "approval") return refused("wrong_state");
  const isLast = ramp.step === ramp.steps.length - 1;
  return isLast ? moved(completed(ramp)) : goTo(ramp, ramp.step + 1, facts);
}

function goTo(ramp: Ramp, to: number, { now, cohort }: Now): RampMoved {
  const step = ramp.steps[to];
  if (!step) return refused("wrong_state");
  return wantsMore(step, cohort) ? refused("too_few") : moved(atStep(ramp, to, now));
}

const moved = (placed: PlacedRamp): RampMoved => ({ kind: "moved", ...placed });
const refused = (reason: FlagRefusalReason): RampMoved => ({ kind: "refused", reason });
