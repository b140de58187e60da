import type {
  LoanRule,
  LoanRules,
  LoanTerms,
  MemberId,
  PreviewedLoan,
  Refusal,
  ResourceId,
  ResourceKind,
  SaveLoanRules,
  SaveLoanRulesOutcome,
  ShownLoanRules,
} from "@tessera/contracts";
import { withinHours } from "./open-hours.ts";

/** Where no rule fits: as long as the thing says, renewed twice, any number. */
export const USUAL_TERMS: LoanTerms = { loanMinutes: null, renewals: 2, atOnce: null, reservable: true };

/** Whom and what a loan is about, as far as the rules ask. */
export interface LoanSubject {
  tier: string;
  kind: ResourceKind;
  place: string;
}

/** All that the terms of a loan follow from. */
export interface LendingFacts extends LoanSubject, LoanRules {
  /** The thing's own length. */
  loanMinutes: number;
  timeZone: string;
  /** How many things the holder has now. */
  openLoans: number;
  /** What comes first for others while the thing is there: kept or reserved for them. null: nothing, or the thing is out. */
  claim: { from: Date; until: Date } | null;
  resource: string;
  /** The holder's own place in the thing's queue; null: they do not wait. */
  queuePlace: number | null;
}

/** One tenant's matrix, and what it is asked with. */
export interface LoanRuleBook {
  /** @returns The facts for one person and one thing; null when the tenant has either not. */
  factsFor(resourceId: ResourceId, holderId: MemberId): Promise<LendingFacts | null>;
  /** @returns The facts for somebody of this tier who has nothing; null when there is no such thing. */
  factsForTier(resourceId: ResourceId, tier: string): Promise<LendingFacts | null>;
  /** @returns The newest version. */
  read(): Promise<ShownLoanRules>;
  /**
   * Writes the next version down.
   *
   * @param rules The whole matrix, made from the version `seen`.
   * @param by Who saves.
   * @returns Saved, or refused `changed_meanwhile`: there is a newer one than was seen.
   */
  save(rules: SaveLoanRules, by: MemberId): Promise<SaveLoanRulesOutcome>;
}

const MINUTE_MS = 60_000;
/** A code that is made for now is used within so long. */
const CODE_LIVES_MS = 10 * MINUTE_MS;

/**
 * The most specific rule that fits. Rules are compared by place, then by tier, then by kind: one that names it goes before
 * one that leaves it open. No two are for the same, so exactly one is first.
 *
 * @param rules In any order.
 * @param subject Who and what.
 * @returns The rule's number in the list, from 0; null when none fits.
 */
export function ruleFor(rules: readonly LoanRule[], subject: LoanSubject): number | null {
  let best: number | null = null;
  let bestRank = -1;
  for (const [index, rule] of rules.entries()) {
    if (!fits(rule, subject)) continue;
    const rank = (rule.place === null ? 0 : 4) + (rule.tier === null ? 0 : 2) + (rule.kind === null ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [index, rank];
  }
  return best;
}

const fits = ({ place, tier, kind }: LoanRule, subject: LoanSubject): boolean =>
  (place === null || place === subject.place) &&
  (tier === null || tier === subject.tier) &&
  (kind === null || kind === subject.kind);

/**
 * @param facts Who, what, and the tenant's rules.
 * @returns The terms that hold, with the number of the rule that decided; null: none did.
 */
export function termsOf(facts: LendingFacts): LoanTerms & { loanMinutes: number; rule: number | null } {
  const rule = ruleFor(facts.rules, facts);
  const terms = (rule === null ? null : facts.rules[rule]) ?? USUAL_TERMS;
  const { loanMinutes, renewals, atOnce, reservable } = terms;
  return { loanMinutes: loanMinutes ?? facts.loanMinutes, renewals, atOnce, reservable, rule };
}

/** @returns When a thing is due that goes out at a moment, never while nobody is there to take it. */
export function dueAfter(
  from: Date,
  minutes: number,
  { hours, timeZone }: Pick<LendingFacts, "hours" | "timeZone">,
): Date {
  return withinHours(new Date(from.getTime() + minutes * MINUTE_MS), hours, timeZone);
}

/** @returns What a loan that began at a moment would be: for a screen where the rules are made. */
export function previewedLoan(facts: LendingFacts, from: Date): PreviewedLoan {
  const terms = termsOf(facts);
  return { ...terms, dueAt: dueAfter(from, terms.loanMinutes, facts).toISOString() };
}

/** A loan that would be shorter than this is none. */
const SHORTEST_LOAN_MS = 60 * MINUTE_MS;

/**
 * @param facts Who, what, and what others come first with.
 * @param from When the loan would begin.
 * @returns Refused `queue_ahead` when the thing is kept for another now, or so soon that it is not worth taking; else null.
 */
export function claimRefusal(facts: LendingFacts, from: Date): Extract<Refusal, { reason: "queue_ahead" }> | null {
  const { claim, resource, queuePlace: place } = facts;
  const { loanMinutes } = termsOf(facts);
  if (!claim || claim.until <= from) return null;
  const shortest = Math.min(SHORTEST_LOAN_MS, loanMinutes * MINUTE_MS);
  if (claim.from.getTime() - from.getTime() >= shortest) return null;
  return { reason: "queue_ahead", evidence: { resource, until: claim.until.toISOString(), place } };
}

/** What a code carries of the rules, so that a desk need not ask for them. */
export interface CarriedTerms {
  /** null: as the thing says. */
  loanMinutes: number | null;
  /** When it is due; null: so long after it went out. Said where there are opening hours. */
  dueAt: Date | null;
  /** With so many things its holder takes no more; null: any number. */
  loanLimit: number | null;
}

/**
 * @param facts Who, what, and the tenant's rules.
 * @param from When the code can be used first.
 * @returns What to write down with a code to check out.
 */
export function carriedTerms(facts: LendingFacts, from: Date): CarriedTerms {
  const { loanMinutes, atOnce, rule } = termsOf(facts);
  const due = dueAfter(from, loanMinutes, facts);
  // Back before another has reserved it, with room for a code that is shown some minutes later.
  const isCut = facts.claim !== null && facts.claim.from.getTime() < due.getTime() + CODE_LIVES_MS;
  return {
    loanMinutes: rule === null ? null : loanMinutes,
    dueAt: isCut ? (facts.claim?.from ?? due) : facts.hours.length === 0 ? null : due,
    loanLimit: atOnce,
  };
}
