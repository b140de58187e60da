import { describe, expect, it } from "vitest";
import { growthOf, type Point } from "./growth.ts";

const over = (minutes: number, valueAt: (minute: number) => number): Point[] =>
  Array.from({ length: minutes * 12 + 1 }, (_, look) => [look / 12, valueAt(look / 12)]);

describe("the growth of what is in use", () => {
  it("is how much it rises in a minute", () => {
    expect(growthOf(over(10, (minute) => 100 + 2 * minute))).toBeCloseTo(2, 1);
  });
  it("is nothing when it goes up and down above the same floor", () => {
    expect(growthOf(over(10, (minute) => 50 + ((minute * 1.7) % 1) * 20))).toBeLessThan(0.2);
  });
  it("is seen in a leak that is hidden among ups and downs", () => {
    expect(growthOf(over(10, (minute) => 50 + minute + ((minute * 1.7) % 1) * 20))).toBeGreaterThan(0.8);
  });
  it("is nothing for a point or two", () => {
    expect([growthOf([]), growthOf([[1, 5]]), growthOf(over(0, () => 1))]).toEqual([0, 0, 0]);
  });
});
