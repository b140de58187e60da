import { now } from "../time.ts";
import type { ProofOptions } from "./options.ts";
import { type ProofReport, stands } from "./report.ts";
import { runSteps, type Step } from "./run-steps.ts";
import { versions } from "./versions.ts";
import { writeReport } from "./write-report.ts";

/** What is true of every figure, however the run went. */
const LIMITS = [
  "Everything ran on one machine, the load as well, with loopback between the processes: the figures are not those of a network.",
  "A seed decides which faults strike and what the clients do. When each process gets the machine's time is not decided by it, so a second run of one seed is alike, not the same. Only the simulation replays byte for byte.",
  "A run in which nothing was broken shows that these faults did not break it. It is no proof that nothing can.",
  "Codes are written straight into the database for the race: issuing and drawing them is tested elsewhere.",
];

/** Faults of the test programme that no step brings about. */
const NOT_TESTED = [
  "Loss of the machine, its disk or its power: fsync is believed.",
  "Failover to a standby that lags (F27): an acknowledged redemption can be lost there, and receipts are what finds it.",
  "A full disk (F9), exhausted connections (F10), a shifted clock of Redis (F15), little memory (F30).",
  "More than one machine: partitions are made by proxies that drop bytes, not by a network.",
  "The exactly-once hand-out of things. What is exactly once is the decision; a desk that gives out twice on one yes cannot be seen from here.",
];

export interface ProveOptions extends ProofOptions {
  steps: readonly Step[];
  /** As it was typed, for whoever wants the same again. */
  command: string;
  print(line: string): void;
}

/**
 * Takes every step, writes the report, and says where it lies.
 *
 * @returns The report. `stands(report)` says whether the proof stands.
 */
export async function prove(options: ProveOptions): Promise<ProofReport> {
  const { form, seeds, steps, only, out, command, print } = options;
  const began = now();
  const madeAt = new Date().toISOString();
  const wanted = steps.filter(({ id }) => only === null || only.includes(id));
  const reports = await runSteps(wanted, print);

  const leftOut = steps.filter((step) => !wanted.includes(step)).map(({ title }) => `${title}: left out on request.`);
  const skipped = reports
    .filter(({ outcome }) => outcome === "skipped")
    .map(({ title, says }) => `${title}: could not be taken here, ${says}`);
  const report: ProofReport = {
    madeAt,
    form,
    lastedMs: Math.round(now() - began),
    seeds,
    command,
    versions: await versions(),
    steps: reports,
    limits: LIMITS,
    notTested: [...skipped, ...leftOut, ...NOT_TESTED],
  };
  const files = writeReport(report, out);
  print(
    `\n${stands(report) ? "The proof stands." : "The proof does not stand."} The report: ${files.html} and ${files.json}`,
  );
  return report;
}
