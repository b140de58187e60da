import { describe, expect, it } from "vitest";
import { age, clockText, shortMoment } from "./moments.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-23T09:00:00Z") };

describe("a moment", () => {
  it.each([
    ["2026-11-23T14:00:00.000Z", "14:00"],
    ["2026-11-24T14:00:00.000Z", "Tue 14:00"],
    ["2026-11-22T23:59:00.000Z", "Sun 23:59"],
    ["2026-12-03T08:05:00.000Z", "3 Dec 08:05"],
  ])("%s is said as %s", (instant, said) => {
    expect(shortMoment(instant, speech)).toBe(said);
  });

  it("belongs to the day of the reader's own zone", () => {
    expect(shortMoment("2026-11-23T23:30:00.000Z", { ...speech, timeZone: "Europe/Vienna" })).toBe("Tue 00:30");
  });
});

describe("an age", () => {
  it.each([
    [0, "now"],
    [40, "40 sec ago"],
    [185, "3 min ago"],
    [7_300, "2 hr ago"],
    [-5, "now"],
  ])("%i seconds back is %s", (seconds, said) => {
    expect(age(new Date(speech.now.getTime() - seconds * 1000), speech).replace(".", "")).toBe(said);
  });
});

it("shows seconds as a clock does", () => {
  expect([581, 60, 9, 0].map(clockText)).toEqual(["9:41", "1:00", "0:09", "0:00"]);
});
