import type { Ramp, RampReach, RampState } from "@tessera/contracts/flags";
import { Misused } from "../misused.ts";

/** A ramp somewhere new, and whom its flag is for from now on: a reach, nobody, or null where the flag stays as it is. */
export interface PlacedRamp {
  ramp: Ramp;
  publish: RampReach | "nobody" | null;
}

/**
 * @param ramp The ramp before.
 * @param step Which step begins, from 0.
 * @param now From when the step is observed.
 * @returns The ramp running at the beginning of that step.
 * @throws {Misused} When the ramp has no such step.
 */
export function atStep(ramp: Ramp, step: number, now: Date): PlacedRamp {
  const reach = ramp.steps[step]?.reach;
  if (!reach) throw new Misused(`The ramp of ${ramp.key} has ${ramp.steps.length} steps: none is number ${step + 1}.`);
  const moved = moveTo(ramp, "running", null);
  return { ramp: { ...moved, step, stepSince: now.toISOString() }, publish: reach };
}

/** The ramp standing at its step, which stays published. */
export const paused = (ramp: Ramp, because: string): PlacedRamp => ({
  ramp: moveTo(ramp, "paused", because),
  publish: null,
});

/** The ramp taken back: no step's reach holds any more. */
export const rolledBack = (ramp: Ramp, because: string): PlacedRamp => ({
  ramp: { ...moveTo(ramp, "rolled_back", because), step: -1, stepSince: null },
  publish: "nobody",
});

/** The ramp at its end, where its last step stays published. */
export const completed = (ramp: Ramp): PlacedRamp => ({ ramp: moveTo(ramp, "completed", null), publish: null });

const moveTo = (ramp: Ramp, state: RampState, because: string | null): Ramp => ({
  ...ramp,
  state,
  because,
  version: ramp.version + 1,
});
