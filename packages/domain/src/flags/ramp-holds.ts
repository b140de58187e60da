import type { RampStep, Traffic } from "@tessera/contracts/flags";

const MINUTE_MS = 60_000;

/** What a ramp is moved by. */
export interface RampFacts {
  now: Date;
  /** Exposed calls since the step began. */
  traffic: Traffic;
  /** How many of the cohort are members. */
  cohort: number;
}

/**
 * When the hold of a step was over.
 *
 * @param step The step that holds.
 * @param since When it began.
 * @param facts The clock, and the calls since the step began.
 * @returns null while it lasts. Only a person ends a hold for approval. Nobody knows which moment brought the last call of
 *   a sample, so it ends when it is seen.
 */
export function holdOver({ hold }: RampStep, since: Date, { now, traffic }: RampFacts): Date | null {
  if (hold.kind === "approval") return null;
  if (hold.kind === "sample") return traffic.calls >= hold.calls ? now : null;
  const end = new Date(since.getTime() + hold.minutes * MINUTE_MS);
  return end <= now ? end : null;
}

/** Whether a step is for more people of the cohort than have signed up. */
export const wantsMore = ({ reach }: RampStep, cohort: number): boolean =>
  reach.kind === "cohort" && reach.size > cohort;

/**
 * Which step a ramp goes to after a hold, and after a time in which nobody looked: the furthest whose predecessors' holds
 * would all be over by now, one after the other. A step that somebody meant to look at is never skipped: one with guards,
 * for approval or for a sample. Neither is one that the step after it does not contain, because only the last is published.
 *
 * @param steps The steps of the ramp.
 * @param next The first that may begin.
 * @param from When the hold before it was over.
 * @param facts The clock, and how many of the cohort are members.
 * @returns The index of the step, `next` at least.
 */
export function stepDue(steps: readonly RampStep[], next: number, from: Date, facts: RampFacts): number {
  const [step, beyond] = [steps[next], steps[next + 1]];
  if (!step || !beyond || !mayBeSkipped(step, beyond)) return next;
  if (wantsMore(beyond, facts.cohort)) return next;
  const over = holdOver(step, from, facts);
  return over ? stepDue(steps, next + 1, over, facts) : next;
}

const mayBeSkipped = (step: RampStep, beyond: RampStep): boolean =>
  step.hold.kind === "time" && step.guards.length === 0 && step.reach.kind === beyond.reach.kind;
