import type { ProofOptions } from "../options.ts";
import type { Step } from "../run-steps.ts";
import { faultProgrammeStep } from "./fault-programme-step.ts";
import { journalStep } from "./journal-step.ts";
import { killSwitchStep } from "./kill-switch-step.ts";
import { eventLatencyStep, hotCodeStep, postgresKilledStep, redisDeadStep, timingOracleStep } from "./measures-step.ts";
import { mutantsStep } from "./mutants-step.ts";
import { offlineStormStep } from "./offline-storm-step.ts";
import { selfTestStep } from "./self-test-step.ts";
import { simulationStep } from "./simulation-step.ts";
import { newsWithoutRedisStep, rollingRestartStep, stalledReadersStep } from "./sockets-steps.ts";

/** @returns Every step of a proof in this form, in the order of the report. */
export function stepsFor({ form, seeds, seconds }: ProofOptions): Step[] {
  const isLong = form === "long";
  return [
    selfTestStep(isLong ? 60 : 15),
    simulationStep(isLong ? 20_000 : 1_000),
    faultProgrammeStep({ seeds, seconds, clients: 32, atLeast: isLong ? 100_000 : 0 }),
    mutantsStep,
    hotCodeStep(1_000),
    redisDeadStep,
    postgresKilledStep(isLong ? 3 : 1),
    eventLatencyStep(isLong ? 10 : 5),
    stalledReadersStep(isLong ? 60 : 20),
    rollingRestartStep(isLong ? 100 : 60),
    newsWithoutRedisStep(isLong ? 200 : 60),
    killSwitchStep(isLong ? 100 : 30),
    timingOracleStep(isLong ? 2_000 : 300),
    offlineStormStep(isLong ? 200 : 40),
    journalStep,
  ];
}
