import type { LoanRules } from "@tessera/contracts";
import { expect, it } from "vitest";
import { formOf, freshRule, hasTwins, rulesIn } from "./rules-form.ts";

const saved: LoanRules = {
  rules: [
    { place: "Shed", tier: null, kind: "tool", loanMinutes: 4_320, renewals: 0, atOnce: 2, reservable: false },
    { place: null, tier: "friend", kind: null, loanMinutes: null, renewals: 2, atOnce: null, reservable: true },
  ],
  hours: [{ day: 1, from: "09:00", to: "18:00" }],
};

it("reads back what it was filled with", () => {
  expect(rulesIn(formOf(saved))).toEqual(saved);
});

it("leaves open what was left empty", () => {
  expect(rulesIn({ rules: [freshRule], hours: [] })?.rules).toEqual([
    { place: null, tier: null, kind: null, loanMinutes: null, renewals: 2, atOnce: null, reservable: true },
  ]);
});

it.each([
  ["a length that is none", { amount: "soon" }],
  ["a length of nothing", { amount: "0" }],
  ["half a renewal", { renewals: "1.5" }],
  ["fewer than no things", { atOnce: "-1" }],
])("says nothing of %s", (_, boxes) => {
  expect(rulesIn({ rules: [{ ...freshRule, ...boxes }], hours: [] })).toBeNull();
});

it("says nothing of hours that close before they open", () => {
  expect(rulesIn({ rules: [], hours: [{ day: "1", from: "18:00", to: "09:00" }] })).toBeNull();
});

it("takes midnight as a closing time for the end of the day", () => {
  expect(rulesIn({ rules: [], hours: [{ day: "1", from: "18:00", to: "00:00" }] })?.hours).toEqual([
    { day: 1, from: "18:00", to: "24:00" },
  ]);
});

it("finds two rules for the same", () => {
  const [first] = saved.rules;
  expect(hasTwins(saved)).toBe(false);
  expect(hasTwins({ ...saved, rules: [...saved.rules, ...(first ? [first] : [])] })).toBe(true);
});
