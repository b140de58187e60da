import { expect, it } from "vitest";
import { loanLength } from "./loan-length.ts";

it.each([
  [45, "Up to 45 minutes"],
  [60, "Up to 1 hour"],
  [90, "Up to 90 minutes"],
  [150, "Up to 2.5 hours"],
  [1440, "Up to 24 hours"],
  [4320, "Up to 3 days"],
])("%i minutes", (minutes, words) => {
  expect(loanLength(minutes)).toBe(words);
});
