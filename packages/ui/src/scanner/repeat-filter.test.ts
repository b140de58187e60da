import { describe, expect, it } from "vitest";
import { repeatFilter } from "./repeat-filter.ts";

describe("a code before the camera", () => {
  it("is news once for as long as it is held", () => {
    const repeats = repeatFilter();
    const minute = Array.from({ length: 600 }, (_, i) => repeats.isNews("A", i * 100));
    expect(minute.filter(Boolean)).toHaveLength(1);
  });

  it("is news again after it was away for two and a half seconds", () => {
    const repeats = repeatFilter();
    expect([0, 1_000, 3_499, 5_998, 8_498].map((at) => repeats.isNews("A", at))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it("does not hold up the next person's code", () => {
    const repeats = repeatFilter();
    expect(["A", "B", "A", "B"].map((text, i) => repeats.isNews(text, i * 50))).toEqual([true, true, false, false]);
  });

  it("is news at once when somebody asks to scan again", () => {
    const repeats = repeatFilter();
    repeats.isNews("A", 0);
    repeats.forget();
    expect(repeats.isNews("A", 100)).toBe(true);
  });
});
