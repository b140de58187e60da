import { z } from "zod";

/** Why a change was not made. */
export const flagRefusals = {
  unknown_flag: "There is no such flag.",
  moved_on: "Somebody changed this flag meanwhile. Look at it again.",
  cycle: "These flags would wait for each other.",
  ramp_running: "A ramp is moving this flag. Pause it first.",
  killed: "This flag is killed. Restore it first.",
  breaker_open: "The breaker of this flag is open. Begin a new try, or close it.",
  not_killed: "This flag is not killed.",
  second_person: "Another operator has to agree.",
  nothing_asked: "Nobody asks for this any more.",
  not_open: "The breaker of this flag is not open.",
  too_early: "The breaker has to cool down first.",
  no_ramp: "There is no ramp for this.",
  wrong_state: "The ramp is not where this can be done.",
  too_few: "There are not enough people in the cohort.",
} as const;
export type FlagRefusalReason = keyof typeof flagRefusals;
export const FlagRefusalReason: z.ZodType<FlagRefusalReason> = z.enum(
  Object.keys(flagRefusals) as [FlagRefusalReason, ...FlagRefusalReason[]],
);
