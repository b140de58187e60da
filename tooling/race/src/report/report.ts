/** What `npm run prove` found out, as it is written down: `proof.json` is this, and the page is made from it alone. */
export interface ProofReport {
  /** ISO 8601 in UTC. */
  madeAt: string;
  form: "short" | "long";
  lastedMs: number;
  /** How to have the same again: the seeds decide faults and work, the machine decides the timing. */
  seeds: readonly number[];
  command: string;
  versions: readonly Version[];
  steps: readonly StepReport[];
  /** What is true of every figure here. */
  limits: readonly string[];
  /** What nobody looked at. */
  notTested: readonly string[];
}

export interface Version {
  of: string;
  version: string;
}

export interface StepReport extends Findings {
  id: string;
  title: string;
  /** What the step wants to know. */
  asks: string;
  outcome: "passed" | "failed" | "skipped";
  lastedMs: number;
}

/** What one step brings home. */
export interface Findings {
  /** Whether every promise that was looked at was kept. A missed target is no broken promise. */
  isKept: boolean;
  /** The answer, in a sentence. */
  says: string;
  figures: readonly Figure[];
  tables: readonly Table[];
}

export interface Figure {
  name: string;
  value: number | string;
  unit?: string;
  /** What we aim for on a machine with two cores. */
  target?: { atMost: number } | { atLeast: number };
  /** Shown at the top of the page too. */
  isHeadline?: true;
}

export interface Table {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** @returns Whether a figure reaches its target; true when it has none. */
export function isReached({ value, target }: Figure): boolean {
  if (!target || typeof value !== "number") return true;
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}

/** @returns The figures of all steps that missed their target. */
export const missedTargets = ({ steps }: Pick<ProofReport, "steps">): Figure[] =>
  steps.flatMap(({ figures }) => figures.filter((figure) => !isReached(figure)));

/** @returns Whether the proof stands: something was proven, and nothing failed. */
export const stands = ({ steps }: Pick<ProofReport, "steps">): boolean =>
  steps.some(({ outcome }) => outcome === "passed") && steps.every(({ outcome }) => outcome !== "failed");

/** @returns A number as people read it: 1234567 is 1,234,567; a fraction keeps one place. */
export const spelled = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 1 });
