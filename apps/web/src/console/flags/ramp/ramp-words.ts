import type { Speech } from "@tessera/contracts";
import type { FlagUnit, Ramp, RampAct, RampGuard, RampHold, RampReach } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";
import { durationText } from "../../controls/duration.ts";
import { counted, unitNames } from "../counted.ts";

/** Whom a step lets in. */
export function reachText(reach: RampReach, unit: FlagUnit = "user"): string {
  if (reach.kind === "percentage") return `${reach.percentage} % of ${unitNames[unit].many}`;
  if (reach.kind === "cohort") return `the first ${counted(reach.size, "invited person", "invited people")}`;
  return reach.share < 100 ? `the oldest ${reach.share} % of tenants` : "all tenants";
}

/** Until when a step holds. */
export function holdText(hold: RampHold): string {
  if (hold.kind === "time") return `for ${durationText(hold.minutes)}`;
  if (hold.kind === "sample") return `until ${counted(hold.calls, "call was", "calls were")} made`;
  return "until somebody approves it";
}

export const guardText = ({ above, minCalls, action }: RampGuard): string =>
  `${action === "pause" ? "Pauses" : "Rolls back"} above ${above} % failed calls, from ${counted(minCalls, "call", "calls")} on`;

/** Where a ramp stands, in one line. */
export function rampText(ramp: Ramp, speech: Speech, unit?: FlagUnit): string {
  const { state, steps, step, stepSince, because } = ramp;
  const at = steps[step];
  const place = at ? `step ${step + 1} of ${steps.length}, ${reachText(at.reach, unit)}` : "no step";
  switch (state) {
    case "ready":
      return `Ramp of ${counted(steps.length, "step", "steps")} is planned, not started.`;
    case "running":
      return `Ramp is at ${place}${stepSince ? `, since ${shortMoment(stepSince, speech)}` : ""}.`;
    case "paused":
      return `Ramp is paused at ${place}.${why(because)}`;
    case "completed":
      return `Ramp is complete: ${at ? reachText(at.reach, unit) : "its last step holds"}.`;
    case "rolled_back":
      return `Ramp was rolled back.${why(because)}`;
  }
}

const why = (because: string | null): string => (because ? ` Because: ${because}` : "");

const standing = {
  ready: "Start it when you are ready.",
  paused: "It stands still until somebody resumes it, jumps, or rolls it back.",
  completed: "All its steps are done. What it let in stays in.",
  rolled_back: "The flag is off for everybody. Started again, the same people come first.",
};

/** What a ramp waits for. */
export function waitsFor({ state, steps, step, stepSince }: Ramp, speech: Speech): string {
  if (state !== "running") return standing[state];
  const at = steps[step];
  if (!at || !stepSince) return "";
  const next = step + 1 < steps.length ? `Step ${step + 2} begins` : "It is complete";
  const { hold } = at;
  if (hold.kind === "approval") return `${next} when somebody approves it.`;
  if (hold.kind === "sample")
    return `${next} after ${counted(hold.calls, "call", "calls")} of those it is on for, counted since then.`;
  const due = new Date(new Date(stepSince).getTime() + hold.minutes * 60_000);
  return due <= speech.now ? `${next} at any moment.` : `${next} ${shortMoment(due.toISOString(), speech)}.`;
}

/** What a person may do with a ramp as it stands, the usual act first. A jump is offered at each step. */
export function actsOf({ state, steps, step }: Ramp): RampAct[] {
  if (state === "paused") return ["resume", "roll_back"];
  if (state !== "running") return ["start"];
  const waits = steps[step]?.hold.kind === "approval";
  return waits ? ["approve", "pause", "roll_back"] : ["pause", "roll_back"];
}
