import { expect, it } from "vitest";
import { valueAtAge } from "./flag-age.ts";

const MINUTE = 60_000;

it.each([
  [true, "off", 0, true],
  [true, "off", 10 * MINUTE - 1, true],
  [true, "off", 10 * MINUTE, false],
  [true, "off", null, false],
  [true, "keep", 10 * MINUTE, true],
  [true, "keep", null, true],
  [false, "off", 0, false],
  [false, "keep", null, false],
] as const)("a flag that was %s, with ten minutes and then %s, is after %s ms %s", (value, after, ageMs, expected) => {
  expect(valueAtAge({ value, age: { minutes: 10, after } }, ageMs)).toBe(expected);
});
