import type { Thing } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { formOf, isLoan, wordsIn } from "./thing-form.ts";

const drill = { name: "Drill", kind: "tool", place: "Shelf 1", description: "18 V", loanMinutes: 90 } as Thing;

describe("the form of a thing", () => {
  it("says what the thing says, and gives it back", () => {
    expect(wordsIn(formOf(drill))).toEqual(drill);
  });

  it("begins a new one with a week", () => {
    expect(wordsIn({ ...formOf(null), name: " Saw " })).toMatchObject({ name: "Saw", loanMinutes: 10_080 });
  });

  it.each([
    ["1", "minutes", true],
    ["0.5", "hours", true],
    ["365", "days", true],
    ["366", "days", false],
    ["0", "days", false],
    ["0.5", "minutes", false],
    ["soon", "days", false],
  ] as const)("takes a loan of %s %s: %s", (amount, unit, isOne) => expect(isLoan({ amount, unit })).toBe(isOne));
});
