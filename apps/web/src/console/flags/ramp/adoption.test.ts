import type { CohortMember } from "@tessera/contracts/flags";
import { expect, it } from "vitest";
import { adoptionOf } from "./adoption.ts";

const member = (isIn: boolean, usedAt: string | null) => ({ isIn, usedAt }) as CohortMember;
const AT = "2026-11-25T14:02:00.000Z";

it("is a share of those who are in, not of all who were invited", () => {
  const cohort = [member(true, AT), member(true, null), member(false, null), member(false, AT)];
  expect(adoptionOf(cohort)).toEqual({ inside: 2, used: 1, percent: 50, isReached: false });
});

it("reaches its goal at four of five", () => {
  const four = Array.from({ length: 4 }, () => member(true, AT));
  expect(adoptionOf([...four, member(true, null)]).isReached).toBe(true);
});

it("is nothing while nobody is in", () => {
  expect(adoptionOf([member(false, null)])).toEqual({ inside: 0, used: 0, percent: 0, isReached: false });
});
