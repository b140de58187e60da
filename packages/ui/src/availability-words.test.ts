import { expect, it } from "vitest";
import { availabilityWords } from "./availability-words.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-23T09:00:00Z") };

it.each([
  ["free", null, "Free now"],
  ["out", "2026-11-24T14:00:00.000Z", "Out until Tue 14:00"],
  ["out", "2026-11-23T16:30:00.000Z", "Out until 16:30"],
  ["out", "2026-11-22T16:30:00.000Z", "Out, was due Sun 16:30"],
  ["out", null, "Out at the moment"],
  ["held", "2026-11-24T14:00:00.000Z", "Kept for somebody until Tue 14:00"],
] as const)("%s, due %s: %s", (state, dueAt, words) => {
  expect(availabilityWords({ state, dueAt }, speech)).toBe(words);
});
