import { z } from "zod";
import { Instant, ResourceId } from "./ids.ts";
import { LendingRefusal } from "./lending-refusal-shape.ts";
import { type ResourceKind, resourceKinds } from "./resource-kinds.ts";
import { StorableText } from "./text.ts";

/** What members are sorted by for the loan rules: "standard", "friend", "school". */
export const Tier: z.ZodType<string, string> = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9 -]{0,29}$/);
/** Of a member to whom nobody gave another. */
export const USUAL_TIER = "standard";

/** What a loan may be. */
export interface LoanTerms {
  /** How long, minutes; null: as long as the thing itself says. */
  loanMinutes: number | null;
  /** How often it may be renewed. */
  renewals: number;
  /** How many things somebody may have at once, whatever they are; null: any number. */
  atOnce: number | null;
  /** Whether it can be kept for a day to come. */
  reservable: boolean;
}

/** One row of the matrix: for whom and what, and the terms. null leaves it open. */
export interface LoanRule extends LoanTerms {
  place: string | null;
  tier: string | null;
  kind: ResourceKind | null;
}

/** When somebody is there to take things back: a day of the week (1 is Monday), from and to by the clock of the tenant. */
export interface OpenHours {
  day: number;
  /** "09:00". */
  from: string;
  /** "18:00", at most "24:00". */
  to: string;
}

/** What a tenant lends by. An empty matrix: as the things say. No hours: always open. */
export interface LoanRules {
  rules: LoanRule[];
  hours: OpenHours[];
}

/** The newest version of it; 0 when none was ever saved. */
export interface ShownLoanRules extends LoanRules {
  version: number;
  savedAt: Instant | null;
  /** IANA zone of the hours. */
  timeZone: string;
}

const YEAR_MINUTES = 525_600;
const MOST_RULES = 200;
const MOST_HOURS = 28;

const terms = {
  loanMinutes: z.int().min(1).max(YEAR_MINUTES).nullable(),
  renewals: z.int().min(0).max(100),
  atOnce: z.int().min(0).max(1_000).nullable(),
  reservable: z.boolean(),
};
export const LoanTerms: z.ZodType<LoanTerms> = z.object(terms);
const LoanRule = z.strictObject({
  place: StorableText.trim().min(1).max(120).nullable(),
  tier: Tier.nullable(),
  kind: z.enum(resourceKinds).nullable(),
  ...terms,
});
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const OpenHours = z
  .strictObject({ day: z.int().min(1).max(7), from: clock, to: clock })
  .refine(({ from, to }) => from < to, { message: "hours open before they close" });

const idOf = ({ place, tier, kind }: LoanRule) => JSON.stringify([place, tier, kind]);
const rules = z
  .array(LoanRule)
  .max(MOST_RULES)
  .refine((all) => new Set(all.map(idOf)).size === all.length, { message: "two rules are for the same" });
const fields = { rules, hours: z.array(OpenHours).max(MOST_HOURS) };

export const LoanRules: z.ZodType<LoanRules, LoanRules> = z.strictObject(fields);
export const ShownLoanRules: z.ZodType<ShownLoanRules> = z.object({
  ...fields,
  version: z.int().nonnegative(),
  savedAt: Instant.nullable(),
  timeZone: z.string(),
});

/** A new version. `seen` is the one it was made from: of two who save at once, the second hears of the first. */
export interface SaveLoanRules extends LoanRules {
  seen: number;
}
export const SaveLoanRules: z.ZodType<SaveLoanRules, SaveLoanRules> = z.strictObject({
  ...fields,
  seen: z.int().nonnegative(),
});

export type SaveLoanRulesOutcome = { kind: "saved"; version: number } | { kind: "refused"; refusal: LendingRefusal };
export const SaveLoanRulesOutcome: z.ZodType<SaveLoanRulesOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("saved"), version: z.int().positive() }),
  z.object({ kind: z.literal("refused"), refusal: LendingRefusal }),
]);

/** What would somebody of this tier get for this thing? By the rules in the input, or by those in force. */
export interface PreviewLoan {
  tier: string;
  resourceId: ResourceId;
  rules?: LoanRules | undefined;
}
export const PreviewLoan: z.ZodType<PreviewLoan, { tier: string; resourceId: string; rules?: LoanRules | undefined }> =
  z.strictObject({ tier: Tier, resourceId: ResourceId, rules: LoanRules.optional() });

/** The terms that would hold now. */
export interface PreviewedLoan extends LoanTerms {
  loanMinutes: number;
  /** When it would be due, taken now. */
  dueAt: Instant;
  /** The number of the rule that decided, from 0; null when none did. */
  rule: number | null;
}
export const PreviewedLoan: z.ZodType<PreviewedLoan> = z.object({
  ...terms,
  loanMinutes: z.int().positive(),
  dueAt: Instant,
  rule: z.int().nonnegative().nullable(),
});
