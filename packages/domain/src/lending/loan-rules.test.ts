import type { LoanRule, MemberId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { carriedTerms, type LendingFacts, ruleFor, termsOf } from "./loan-rules.ts";
import { RENEWABLE_OVERDUE_HOURS, type RenewableLoan, renewalOf } from "./renewal.ts";

const NOON = new Date("2026-11-24T12:00:00Z");
const DAY_MS = 86_400_000;
const rule = (of: Partial<LoanRule>): LoanRule => ({
  place: null,
  tier: null,
  kind: null,
  loanMinutes: 60,
  renewals: 1,
  atOnce: null,
  reservable: true,
  ...of,
});
const facts = (of: Partial<LendingFacts> = {}): LendingFacts => ({
  tier: "standard",
  kind: "tool",
  place: "Shelf 1",
  rules: [],
  hours: [],
  timeZone: "UTC",
  loanMinutes: 10_080,
  openLoans: 0,
  claim: null,
  resource: "Drill",
  queuePlace: null,
  ...of,
});

describe("the matrix of loan rules", () => {
  const everything = rule({});
  const tools = rule({ kind: "tool" });
  const friends = rule({ tier: "friend" });
  const friendsTools = rule({ tier: "friend", kind: "tool" });
  const shed = rule({ place: "Shed" });
  const shedTools = rule({ place: "Shed", kind: "tool" });
  const shedFriends = rule({ place: "Shed", tier: "friend" });
  const all = [everything, tools, friends, friendsTools, shed, shedTools, shedFriends];
  const of = (tier: string, kind: LoanRule["kind"], place: string) => ({ tier, kind: kind ?? "tool", place });

  it.each([
    ["the rule for everything, where no other fits", of("standard", "bike", "Yard"), everything],
    ["a kind before everything", of("standard", "tool", "Yard"), tools],
    ["a tier before a kind", of("friend", "bike", "Yard"), friends],
    ["a tier with a kind before the tier alone", of("friend", "tool", "Yard"), friendsTools],
    ["a place before tier and kind together", of("standard", "bike", "Shed"), shed],
    ["a place with a kind before the place alone", of("standard", "tool", "Shed"), shedTools],
    ["a place with a tier before a place with a kind", of("friend", "tool", "Shed"), shedFriends],
  ])("takes %s", (_what, subject, wanted) => {
    const found = ruleFor(all, subject);
    expect(found === null ? null : all[found]).toBe(wanted);
    const backwards = all.toReversed();
    const foundThere = ruleFor(backwards, subject);
    expect(foundThere === null ? null : backwards[foundThere]).toBe(wanted);
  });

  it("says nothing where no rule fits, and the thing's own length holds", () => {
    expect(ruleFor([shed], of("friend", "tool", "Yard"))).toBeNull();
    expect(termsOf(facts())).toEqual({ loanMinutes: 10_080, renewals: 2, atOnce: null, reservable: true, rule: null });
    expect(carriedTerms(facts(), NOON)).toEqual({ loanMinutes: null, dueAt: null, loanLimit: null });
  });

  it("leaves the length to the thing where the rule does", () => {
    expect(termsOf(facts({ rules: [rule({ loanMinutes: null, atOnce: 2 })] }))).toMatchObject({
      loanMinutes: 10_080,
      atOnce: 2,
      rule: 0,
    });
  });

  it("fixes the due moment in a code where there are opening hours", () => {
    const hours = [{ day: 2, from: "09:00", to: "18:00" }];
    const rules = [rule({ loanMinutes: 7 * 60, atOnce: 3 })];
    expect(carriedTerms(facts({ rules, hours }), NOON)).toEqual({
      loanMinutes: 420,
      dueAt: new Date("2026-12-01T18:00:00Z"),
      loanLimit: 3,
    });
  });
});

describe("a renewal", () => {
  const me = "me" as MemberId;
  const by = { memberId: me, isStaff: false };
  const loan = (of: Partial<RenewableLoan> = {}): RenewableLoan => ({
    holderId: me,
    dueAt: new Date(NOON.getTime() + DAY_MS),
    returnedAt: null,
    renewals: 0,
    waiting: 0,
    reserved: null,
    ...of,
  });
  const aDay = facts({ rules: [rule({ loanMinutes: 1_440, renewals: 2 })] });

  it("gives as much again, from when the thing is due", () => {
    const dueAt = new Date(NOON.getTime() + 2 * DAY_MS);
    expect(renewalOf(loan(), aDay, by, NOON)).toEqual({ kind: "possible", dueAt, left: 1 });
  });

  it("gives it from now when the thing is a little late", () => {
    const late = loan({ dueAt: new Date(NOON.getTime() - 3_600_000) });
    expect(renewalOf(late, aDay, by, NOON)).toMatchObject({ dueAt: new Date(NOON.getTime() + DAY_MS) });
  });

  it("moves into opening hours", () => {
    const hours = [{ day: 1, from: "09:00", to: "17:00" }];
    expect(renewalOf(loan(), { ...aDay, hours }, by, NOON)).toMatchObject({ dueAt: new Date("2026-11-30T17:00:00Z") });
  });

  it("may be asked for by staff", () => {
    expect(renewalOf(loan(), aDay, { memberId: "stan" as MemberId, isStaff: true }, NOON).kind).toBe("possible");
  });

  const tooLate = new Date(NOON.getTime() - RENEWABLE_OVERDUE_HOURS * 3_600_000 - 1);
  it.each([
    ["not_found", null, by],
    ["not_yours", loan(), { memberId: "other" as MemberId, isStaff: false }],
    ["already_back", loan({ returnedAt: NOON }), by],
    ["somebody_waits", loan({ waiting: 2 }), by],
    ["renewed_too_often", loan({ renewals: 2 }), by],
    ["overdue_too_long", loan({ dueAt: tooLate }), by],
    ["slot_taken", loan({ reserved: { from: new Date(NOON.getTime() + DAY_MS + 1), until: tooLate } }), by],
  ])("is refused: %s", (reason, which, who) => {
    expect(renewalOf(which, aDay, who, NOON)).toMatchObject({ kind: "refused", refusal: { reason } });
  });

  it("is refused where no rule allows one, and says so", () => {
    const once = facts({ rules: [rule({ renewals: 0 })] });
    expect(renewalOf(loan(), once, by, NOON)).toMatchObject({
      refusal: { reason: "renewed_too_often", evidence: { allowed: 0 } },
    });
  });
});
