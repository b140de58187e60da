import { expect, it } from "vitest";
import { roughly, waitWords } from "./wait-words.ts";

it.each([
  [5, "1 min"],
  [61, "2 min"],
  [89 * 60, "89 min"],
  [90 * 60, "2 hours"],
  [3_600 * 3, "3 hours"],
])("says %i seconds as people do, and never less", (seconds, said) => {
  expect(roughly(seconds)).toBe(said);
});

it("says how long it takes, or that nobody knows", () => {
  expect(waitWords({ medianSeconds: 240, p90Seconds: 700, basis: "hour", of: 8 })).toBe(
    "Usually done in 4 min; nine of ten in 12 min.",
  );
  expect(waitWords(null)).toMatch(/Too few/);
});
