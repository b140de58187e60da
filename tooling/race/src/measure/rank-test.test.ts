import { describe, expect, it } from "vitest";
import { sameKindLikelihood } from "./rank-test.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("the test of ranks", () => {
  it("finds nothing between two halves of the same", () => {
    const [odd, even] = [range(1, 400).filter((n) => n % 2 === 1), range(1, 400).filter((n) => n % 2 === 0)];
    expect(sameKindLikelihood(odd, even)).toBeGreaterThan(0.9);
    expect(sameKindLikelihood([1, 1, 1], [1, 1, 1])).toBe(1);
  });

  it("sees a shift that is small beside the spread, when there are enough of them", () => {
    const later = range(1, 400).map((n) => n + 40);
    expect(sameKindLikelihood(range(1, 400), later)).toBeLessThan(0.001);
  });

  it("gives what the tables give", () => {
    // U = 10 of 10 and 10 different values: p = 0.0028 with the correction for continuity.
    const some = [1, 2, 3, 4, 5, 6, 7, 8, 9, 20];
    const others = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
    expect(sameKindLikelihood(some, others)).toBeCloseTo(0.0028, 4);
  });
});
