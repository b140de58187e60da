import { expect, it } from "vitest";
import { type ForeignSight, insists, sightAfter } from "./foreign-code.ts";

const seen = (...sights: [text: string, at: number][]) =>
  sights.reduce<ForeignSight | null>((before, [text, at]) => sightAfter(before, text, at), null) as ForeignSight;

it("answers a foreign code that is held up for three seconds", () => {
  expect(insists(seen(["parcel", 0], ["parcel", 1_000], ["parcel", 2_000]))).toBe(false);
  expect(insists(seen(["parcel", 0], ["parcel", 1_000], ["parcel", 2_000], ["parcel", 3_000]))).toBe(true);
});

it("starts anew for another code, and for one that was away", () => {
  expect(insists(seen(["parcel", 0], ["bottle", 1_500], ["bottle", 3_000]))).toBe(false);
  expect(insists(seen(["parcel", 0], ["parcel", 2_000], ["parcel", 3_000]))).toBe(false);
});
