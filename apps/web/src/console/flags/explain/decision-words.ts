import type { FlagDecision, FlagReason, FlagRule } from "@tessera/contracts";
import type { FlagStep } from "@tessera/contracts/flags";

/** Why a flag came out as it did, after "On for them: " or "Off for them: ". */
const because: Record<FlagReason, string> = {
  STATIC: "it is set so for everybody",
  DEFAULT: "no rule said otherwise",
  TARGETING_MATCH: "a rule names them",
  SPLIT: "their bucket decides",
  CACHED: "this is the last answer that is known",
  DISABLED: "it is switched off",
  UNKNOWN: "nobody knows this flag",
  STALE: "the settings are older than they should be",
  ERROR: "its settings cannot be followed",
  KILLED: "it was killed",
  BREAKER_OPEN: "the breaker is open",
  PREREQUISITE: "a flag that it needs is off for them",
  TARGETING_KEY_MISSING: "a share decides, and nobody was named",
  OVERRIDE: "the environment says so",
};

export const ruleNames: Record<FlagRule, string> = {
  archived: "Archived",
  killed: "Kill switch",
  breaker: "Breaker",
  environment: "Environment",
  enabled: "Switch",
  prerequisites: "Flags it needs",
  deny: "Never in",
  allow: "Always in",
  tenants: "Tenants",
  percentage: "Share",
  default: "Otherwise",
};

export const partNames: Record<FlagStep["part"], string> = {
  unset: "Not set",
  passed: "Does not decide",
  decided: "Decides",
  unasked: "Not asked any more",
};

export const decisionText = ({ value, reason }: FlagDecision): string =>
  `${value ? "On" : "Off"} for them: ${because[reason]}.`;

const OF = 100_000;

/** @returns null where no share was asked. */
export function bucketText(bucket: number | null): string | null {
  if (bucket === null) return null;
  const from = ((bucket + 1) / (OF / 100)).toFixed(3);
  return `Bucket ${bucket.toLocaleString("en")} of ${OF.toLocaleString("en")}: in from ${Number(from)} % on.`;
}
