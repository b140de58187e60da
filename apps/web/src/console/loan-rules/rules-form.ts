import { type LoanRule, type LoanRules, type OpenHours, type ResourceKind, resourceKinds } from "@tessera/contracts";
import { type DurationUnit, durationOf, minutesOf } from "../controls/duration.ts";

/** A rule as it is typed: an empty box leaves it open. */
export interface RuleBoxes {
  place: string;
  tier: string;
  kind: string;
  amount: string;
  unit: DurationUnit;
  renewals: string;
  atOnce: string;
  reservable: boolean;
}

export interface RulesForm {
  rules: RuleBoxes[];
  hours: { day: string; from: string; to: string }[];
}

/** What a new rule begins with. */
export const freshRule: RuleBoxes = {
  ...{ place: "", tier: "", kind: "", amount: "", unit: "days" },
  ...{ renewals: "2", atOnce: "", reservable: true },
};

/** @returns The boxes of what was saved. */
export const formOf = ({ rules, hours }: LoanRules): RulesForm => ({
  rules: rules.map(({ place, tier, kind, loanMinutes, renewals, atOnce, reservable }) => {
    const { amount, unit } = loanMinutes === null ? { amount: "", unit: "days" as const } : durationOf(loanMinutes);
    return {
      ...{ place: place ?? "", tier: tier ?? "", kind: kind ?? "", amount, unit },
      ...{ renewals: String(renewals), atOnce: atOnce === null ? "" : String(atOnce), reservable },
    };
  }),
  hours: hours.map(({ day, from, to }) => ({ day: String(day), from, to })),
});

/** @returns What the boxes say; null while one of them says nothing sensible. */
export function rulesIn({ rules, hours }: RulesForm): LoanRules | null {
  const read = rules.map(ruleIn);
  const open = hours.map(
    ({ day, from, to }): OpenHours => ({ day: Number(day), from, to: to === "00:00" ? "24:00" : to }),
  );
  if (open.some(({ from, to }) => !from || !to || from >= to)) return null;
  return read.every((rule) => rule !== null) ? { rules: read, hours: open } : null;
}

function ruleIn({ place, tier, kind, amount, unit, renewals, atOnce, reservable }: RuleBoxes): LoanRule | null {
  const loanMinutes = amount.trim() === "" ? null : minutesOf({ amount, unit });
  const often = wholeIn(renewals);
  const many = atOnce.trim() === "" ? null : wholeIn(atOnce);
  const isLength = amount.trim() === "" || (loanMinutes !== null && isLoanLength(loanMinutes));
  if (!isLength || often === null || (many === null && atOnce.trim() !== "")) return null;
  const named = { place: place.trim() || null, tier: tier.trim().toLowerCase() || null, kind: kindIn(kind) };
  return { ...named, loanMinutes, renewals: often, atOnce: many, reservable };
}

/** @returns A whole number from 0; null for what is none. */
export function wholeIn(text: string): number | null {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : null;
}

/** Whole minutes, from one up to a year. */
export const isLoanLength = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes >= 1 && minutes <= 525_600;

const kindIn = (text: string): ResourceKind | null => resourceKinds.find((kind) => kind === text) ?? null;

/** Whether two rules are for the same place, tier and kind. */
export function hasTwins({ rules }: LoanRules): boolean {
  const names = rules.map(({ place, tier, kind }) => JSON.stringify([place, tier, kind]));
  return new Set(names).size < names.length;
}
