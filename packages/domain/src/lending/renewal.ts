import type { LendingRefusal, MemberId } from "@tessera/contracts";
import { dueAfter, type LendingFacts, termsOf } from "./loan-rules.ts";

/** After so long a loan is a matter for people, hours. */
export const RENEWABLE_OVERDUE_HOURS = 24;

/** A loan, as far as more time for it goes. */
export interface RenewableLoan {
  holderId: MemberId;
  dueAt: Date;
  returnedAt: Date | null;
  renewals: number;
  /** Others who wait for the thing. */
  waiting: number;
  /** When the thing is reserved next, by another. */
  reserved: { from: Date; until: Date } | null;
}

/** Who asks. Staff ask for anybody. */
export interface Renewer {
  memberId: MemberId;
  isStaff: boolean;
}

/** More time: until when, and how many renewals are left after it. */
export interface Renewed {
  kind: "possible";
  dueAt: Date;
  left: number;
}

/**
 * Whether a loan gets more time: as much again as the rules give, from when it is due (from now when it is overdue).
 *
 * @param loan The loan; null when the tenant has no such loan.
 * @param facts Who, what, and the tenant's rules.
 * @param by Who asks.
 * @param now When.
 * @returns Until when, or the first reason why not. Refuses in this order: `not_found`, `not_yours`, `already_back`,
 *   `somebody_waits`, `renewed_too_often`, `overdue_too_long`, `slot_taken`.
 */
export function renewalOf(
  loan: RenewableLoan | null,
  facts: LendingFacts | null,
  by: Renewer,
  now: Date,
): Renewed | { kind: "refused"; refusal: LendingRefusal } {
  const no = (refusal: LendingRefusal) => ({ kind: "refused" as const, refusal });
  if (!loan || !facts) return no({ reason: "not_found" });
  if (loan.holderId !== by.memberId && !by.isStaff) return no({ reason: "not_yours" });
  if (loan.returnedAt) return no({ reason: "already_back", evidence: { at: loan.returnedAt.toISOString() } });
  if (loan.waiting > 0) return no({ reason: "somebody_waits", evidence: { waiting: loan.waiting } });

  const { renewals: allowed, loanMinutes } = termsOf(facts);
  if (loan.renewals >= allowed) return no({ reason: "renewed_too_often", evidence: { allowed } });
  const due = { dueAt: loan.dueAt.toISOString() };
  const overdueMs = now.getTime() - loan.dueAt.getTime();
  if (overdueMs > RENEWABLE_OVERDUE_HOURS * 3_600_000) return no({ reason: "overdue_too_long", evidence: due });

  const dueAt = dueAfter(overdueMs > 0 ? now : loan.dueAt, loanMinutes, facts);
  const { reserved } = loan;
  if (reserved && dueAt > reserved.from) {
    const evidence = { from: reserved.from.toISOString(), until: reserved.until.toISOString() };
    return no({ reason: "slot_taken", evidence });
  }
  return { kind: "possible", dueAt, left: allowed - loan.renewals - 1 };
}
