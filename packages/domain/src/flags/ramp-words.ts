import type { RampGuard, RampStep, Traffic } from "@tessera/contracts/flags";
import { shareFailed } from "./traffic.ts";

/** Why a guard stopped a ramp: its figures, for who has to decide what comes next. `step` from 0. */
export const guardSays = ({ above }: RampGuard, step: number, traffic: Traffic): string =>
  `In step ${step + 1}, ${traffic.failures} of ${traffic.calls} calls failed: ${shareFailed(traffic)}, above the limit of ${above} %.`;

/** Why a ramp does not begin a step, and what would let it. `step` from 0. */
export const tooFewSays = (step: number, { reach }: RampStep, cohort: number): string =>
  `Step ${step + 1} is for ${reach.kind === "cohort" ? reach.size : 0} people of the cohort, and ${cohort} have signed up. Invite more, then resume.`;
