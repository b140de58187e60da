import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isToBlame, zOfDifference } from "./blame.ts";

const of = (failures: number, calls: number) => ({ failures, calls });

describe("how clearly one share is above another", () => {
  it.each([
    [of(140, 200), of(255, 340), -1.266_015],
    [of(10, 100), of(5, 100), 1.342_312],
    [of(20, 100), of(5, 100), 3.207_135],
    [of(12, 400), of(30, 3_000), 3.401_693],
  ])("is, of %o and %o, %f", (one, other, z) => {
    expect(zOfDifference(one, other)).toBeCloseTo(z, 5);
  });

  it("is nothing where nothing failed, or everything", () => {
    expect(zOfDifference(of(0, 100), of(0, 100))).toBe(0);
    expect(zOfDifference(of(100, 100), of(100, 100))).toBe(0);
  });

  it("is the opposite the other way round", () => {
    const traffic = fc
      .integer({ min: 1, max: 10_000 })
      .chain((calls) => fc.record({ calls: fc.constant(calls), failures: fc.nat({ max: calls }) }));
    fc.assert(
      fc.property(traffic, traffic, (one, other) => {
        expect(zOfDifference(one, other)).toBeCloseTo(-zOfDifference(other, one), 9);
      }),
    );
  });
});

describe("a flag whose people meet too many failures", () => {
  it("is to blame when the others meet clearly fewer", () => {
    expect(isToBlame(of(60, 1_000), of(10, 1_000), 100)).toBe(true);
  });

  it("is innocent when the others meet as many", () => {
    expect(isToBlame(of(60, 1_000), of(60, 1_000), 100)).toBe(false);
  });

  it("is innocent when everything fails for everybody", () => {
    expect(isToBlame(of(1_000, 1_000), of(1_000, 1_000), 100)).toBe(false);
  });

  it("is innocent below twice as many, however clear the difference", () => {
    expect(isToBlame(of(5_999, 100_000), of(3_000, 100_000), 100)).toBe(false);
    expect(isToBlame(of(6_000, 100_000), of(3_000, 100_000), 100)).toBe(true);
  });

  it("is innocent when twice as many may be chance", () => {
    expect(isToBlame(of(6, 100), of(3, 100), 100)).toBe(false);
  });

  it("is to blame by the limit alone, where too few others are there to compare with", () => {
    expect(isToBlame(of(6, 100), of(99, 99), 100)).toBe(true);
    expect(isToBlame(of(6, 100), of(100, 100), 100)).toBe(false);
    expect(isToBlame(of(6, 100), of(0, 0), 0)).toBe(true);
  });
});
