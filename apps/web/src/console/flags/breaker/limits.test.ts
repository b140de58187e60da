import { BreakerLimits, defaultLimits } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { type LimitName, limitIn, limitsIn, limitsText, ranges } from "./limits.ts";

describe("the limits of a breaker", () => {
  it("come out of the form as they went in", () => {
    expect(limitsIn(limitsText(defaultLimits), defaultLimits)).toEqual(defaultLimits);
  });

  it.each([
    ["errorShare", "0,5", 0.5],
    ["errorShare", "101", null],
    ["minCalls", "1.5", null],
    ["retryCalls", "0", null],
    ["windowMinutes", "", null],
  ] as const)("%s %j is %s", (name, text, number) => {
    expect(limitIn(name, text)).toBe(number);
  });

  it.each(Object.entries(ranges))("%s ends where the contract ends it", (name, { from, to }) => {
    const takes = (value: number) => BreakerLimits.safeParse({ ...defaultLimits, [name as LimitName]: value }).success;
    expect([takes(from), takes(to), takes(from - 1), takes(to + 1)]).toEqual([true, true, false, false]);
  });
});
