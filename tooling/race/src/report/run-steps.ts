import { now } from "../time.ts";
import { type Findings, isReached, type StepReport } from "./report.ts";

/** One question with the way to its answer. */
export interface Step {
  id: string;
  title: string;
  asks: string;
  /**
   * @param tell Shows a line of progress.
   * @throws CannotAsk When what it needs is not here. Anything else it throws makes the step fail, and the others go on.
   */
  run(tell: (line: string) => void): Promise<Findings>;
}

/** The step could not be taken on this machine: it is skipped, and the report says why. */
export class CannotAsk extends Error {}

/**
 * Takes the steps one after the other. None can keep the next from running.
 *
 * @param print One line on the terminal.
 */
export async function runSteps(steps: readonly Step[], print: (line: string) => void): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const [index, step] of steps.entries()) {
    const where = `[${index + 1}/${steps.length}]`;
    print(`${where} ${step.title} …`);
    const report = await takeStep(step, (line) => print(`      ${line}`));
    reports.push(report);
    print(`${where} ${report.outcome} (${Math.round(report.lastedMs / 1_000)} s): ${report.says}`);
    for (const figure of report.figures.filter((one) => !isReached(one))) {
      print(`      target missed: ${figure.name} is ${figure.value} ${figure.unit ?? ""}`);
    }
  }
  return reports;
}

async function takeStep({ id, title, asks, run }: Step, tell: (line: string) => void): Promise<StepReport> {
  const began = now();
  const named = { id, title, asks };
  const lastedMs = () => Math.round(now() - began);
  try {
    const findings = await run(tell);
    return { ...named, ...findings, outcome: findings.isKept ? "passed" : "failed", lastedMs: lastedMs() };
  } catch (error) {
    const nothing = { isKept: false, figures: [], tables: [], says: messageOf(error) };
    return { ...named, ...nothing, outcome: error instanceof CannotAsk ? "skipped" : "failed", lastedMs: lastedMs() };
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
