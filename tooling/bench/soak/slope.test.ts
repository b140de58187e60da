import { describe, expect, it } from "vitest";
import { slopeOf } from "./slope.ts";

describe("the slope of some points", () => {
  it("is how much they grow in a minute", () => {
    expect(slopeOf([0, 1, 2, 3].map((minute) => [minute, 100 + 2 * minute]))).toBeCloseTo(2);
  });
  it("is nothing when they go up and down about a middle", () => {
    expect(slopeOf([1, 9, 9, 1].map((value, minute) => [minute, value]))).toBeCloseTo(0);
  });
  it("is nothing for one point, or none", () => {
    expect([slopeOf([[1, 5]]), slopeOf([])]).toEqual([0, 0]);
  });
});
