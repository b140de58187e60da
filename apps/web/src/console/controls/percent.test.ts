import { describe, expect, it } from "vitest";
import { parsePercent, roundPercent, shareText } from "./percent.ts";

describe("a share that is typed", () => {
  it.each([
    ["10", 10],
    ["12,5", 12.5],
    [" 0.125 % ", 0.125],
    ["33.3333", 33.333],
    [".5", 0.5],
    ["100", 100],
    ["100.0004", 100],
  ])("%j is %d percent", (text, percent) => {
    expect(parsePercent(text)).toBe(percent);
  });

  it.each(["", "ten", "-1", "100.1", "1e2", "1.2.3", "."])("%j is none", (text) => {
    expect(parsePercent(text)).toBeNull();
  });
});

it("a share is kept in steps of 0.001, whatever arithmetic made of it", () => {
  expect(roundPercent(0.1 + 0.2)).toBe(0.3);
  expect(roundPercent(12.34567)).toBe(12.346);
});

it.each([
  [0, 0, "–"],
  [0, 90, "0 %"],
  [1, 5_000, "< 0.1 %"],
  [7, 200, "3.5 %"],
  [67, 200, "34 %"],
])("%d of %d is %s", (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});
