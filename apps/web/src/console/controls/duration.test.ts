import { expect, it } from "vitest";
import { durationOf, durationText, minutesOf } from "./duration.ts";

it.each([
  [0, "0 minutes"],
  [1, "1 minute"],
  [90, "90 minutes"],
  [60, "1 hour"],
  [1_440, "1 day"],
  [10_080, "7 days"],
])("%d minutes are said as %s, and read as the same again", (minutes, text) => {
  expect(durationText(minutes)).toBe(text);
  expect(minutesOf(durationOf(minutes))).toBe(minutes);
});

it.each(["", "soon", "-1"])("%j is no time", (amount) => {
  expect(minutesOf({ amount, unit: "hours" })).toBeNull();
});

it("takes a half hour with a comma", () => {
  expect(minutesOf({ amount: "0,5", unit: "hours" })).toBe(30);
});
