import type { RampGuard, RampHold, RampReach, RampStep, rampTemplates } from "@tessera/contracts/flags";
import { type Duration, durationOf, minutesOf } from "../../controls/duration.ts";
import { parsePercent } from "../../controls/percent.ts";

export type TemplateName = keyof typeof rampTemplates;

/** A step as it is typed. What does not belong to the chosen kind stays, for who chooses the other again. */
export interface StepForm {
  reach: RampReach["kind"];
  share: string;
  size: string;
  hold: RampHold["kind"];
  time: Duration;
  calls: string;
  isGuarded: boolean;
  above: string;
  minCalls: string;
  action: RampGuard["action"];
  /** The form shows one guard; a step that has more, from another door, keeps them. */
  otherGuards: RampGuard[];
}

export interface PlanForm {
  template: TemplateName | "own";
  steps: StepForm[];
  because: string;
}

export function stepForm({ reach, hold, guards }: RampStep): StepForm {
  const [guard, ...otherGuards] = guards;
  return {
    reach: reach.kind,
    share:
      reach.kind === "percentage" ? String(reach.percentage) : reach.kind === "tenants" ? String(reach.share) : "100",
    size: reach.kind === "cohort" ? String(reach.size) : "20",
    hold: hold.kind,
    time: durationOf(hold.kind === "time" ? hold.minutes : 1_440),
    calls: hold.kind === "sample" ? String(hold.calls) : "500",
    isGuarded: guard !== undefined,
    above: String(guard?.above ?? 1),
    minCalls: String(guard?.minCalls ?? 50),
    action: guard?.action ?? "pause",
    otherGuards,
  };
}

/** @returns The step that was typed. The form has looked at each number before. */
export function stepOf(form: StepForm): RampStep {
  return {
    reach: reachOf(form),
    hold: holdOf(form),
    guards: form.isGuarded ? [guardOf(form), ...form.otherGuards] : [],
  };
}

function reachOf({ reach, share, size }: StepForm): RampReach {
  if (reach === "cohort") return { kind: reach, size: wholeNumber(size) ?? 1 };
  const percent = parsePercent(share) ?? 0;
  return reach === "tenants" ? { kind: reach, share: percent } : { kind: reach, percentage: percent };
}

function holdOf({ hold, time, calls }: StepForm): RampHold {
  if (hold === "time") return { kind: hold, minutes: minutesOf(time) ?? 0 };
  return hold === "sample" ? { kind: hold, calls: wholeNumber(calls) ?? 1 } : { kind: hold };
}

const guardOf = ({ above, minCalls, action }: StepForm): RampGuard => {
  return { metric: "error_share", above: parsePercent(above) ?? 0, minCalls: wholeNumber(minCalls) ?? 1, action };
};

/** @returns null for what is none, and for nothing at all. */
export function wholeNumber(text: string): number | null {
  const plain = text.trim().replaceAll(",", "");
  return /^\d{1,9}$/.test(plain) && Number(plain) > 0 ? Number(plain) : null;
}
