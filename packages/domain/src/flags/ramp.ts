import type { Ramp, RampGuard, Traffic } from "@tessera/contracts/flags";
import { holdOver, type RampFacts, stepDue, wantsMore } from "./ramp-holds.ts";
import { atStep, completed, type PlacedRamp, paused, rolledBack } from "./ramp-places.ts";
import { guardSays, tooFewSays } from "./ramp-words.ts";
import { isAbove } from "./traffic.ts";

export { moveRamp, type RampMoved } from "./move-ramp.ts";
export type { RampFacts };

/** What a ramp does by itself. `step`: publish `steps[step].reach` now, and observe it from now on. */
export type RampMove =
  | { kind: "stay" }
  | { kind: "step"; step: number }
  | { kind: "pause"; because: string }
  | { kind: "roll_back"; because: string }
  | { kind: "complete" };

/**
 * What a running ramp does now by itself. It only goes on with what a person started, and stops or turns off; one that
 * stands, for whatever reason, waits for a person.
 *
 * Guards come first, and of several that are broken the one that goes back. Then the hold: when it is over the next step
 * begins, or a later one after a time in which nobody looked; after the last the ramp is complete. Before a step for more
 * people than the cohort has, it pauses and says so: waiting in silence would look like a ramp that is stuck.
 *
 * @param ramp The ramp as it stands.
 * @param facts The clock, the exposed calls since the step began, and how many of the cohort are members.
 * @returns The move, for `afterMove`. Never throws.
 */
export function nextMove(ramp: Ramp, facts: RampFacts): RampMove {
  const step = ramp.steps[ramp.step];
  if (ramp.state !== "running" || !step || !ramp.stepSince) return { kind: "stay" };

  const guard = brokenGuard(step.guards, facts.traffic);
  if (guard) return { kind: guard.action, because: guardSays(guard, ramp.step, facts.traffic) };

  const over = holdOver(step, new Date(ramp.stepSince), facts);
  if (!over) return { kind: "stay" };

  const due = stepDue(ramp.steps, ramp.step + 1, over, facts);
  const next = ramp.steps[due];
  if (!next) return { kind: "complete" };
  if (wantsMore(next, facts.cohort)) return { kind: "pause", because: tooFewSays(due, next, facts.cohort) };
  return { kind: "step", step: due };
}

/**
 * Applies what `nextMove` said.
 *
 * @param ramp The ramp that was asked about, in the same version.
 * @param move What it said.
 * @param now From when a new step is observed.
 * @returns The ramp one version later, and whom its flag is for; null when it stays.
 * @throws {Misused} When the move is to a step that the ramp does not have.
 */
export function afterMove(ramp: Ramp, move: RampMove, now: Date): PlacedRamp | null {
  if (move.kind === "step") return atStep(ramp, move.step, now);
  if (move.kind === "pause") return paused(ramp, move.because);
  if (move.kind === "roll_back") return rolledBack(ramp, move.because);
  return move.kind === "complete" ? completed(ramp) : null;
}

function brokenGuard(guards: readonly RampGuard[], traffic: Traffic): RampGuard | undefined {
  const broken = guards.filter(({ minCalls, above }) => traffic.calls >= minCalls && isAbove(traffic, above));
  return broken.find(({ action }) => action === "roll_back") ?? broken[0];
}
