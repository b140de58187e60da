import type { OpenHours } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { localTimeOf, momentOf } from "./local-time.ts";
import { withinHours } from "./open-hours.ts";

const BERLIN = "Europe/Berlin";
const weekdays = [1, 2, 3, 4, 5].map((day): OpenHours => ({ day, from: "09:00", to: "18:00" }));
const saturday: OpenHours = { day: 6, from: "10:00", to: "13:00" };
const tuesdayTwice: OpenHours[] = [
  { day: 2, from: "14:00", to: "18:00" },
  { day: 2, from: "09:00", to: "12:00" },
];

describe("a due moment and opening hours:", () => {
  it.each([
    ["stays while somebody is there", weekdays, "2026-11-24T11:00:00Z", "2026-11-24T11:00:00Z"],
    ["stays at closing time", weekdays, "2026-11-24T17:00:00Z", "2026-11-24T17:00:00Z"],
    ["stays where it is always open", [], "2026-11-22T02:00:00Z", "2026-11-22T02:00:00Z"],
    ["moves from an early morning to that evening", weekdays, "2026-11-24T05:00:00Z", "2026-11-24T17:00:00Z"],
    ["moves from an evening to the end of the next day", weekdays, "2026-11-24T19:00:00Z", "2026-11-25T17:00:00Z"],
    ["moves from Friday night over a closed weekend", weekdays, "2026-11-27T21:00:00Z", "2026-11-30T17:00:00Z"],
    ["moves to a short Saturday", [...weekdays, saturday], "2026-11-27T21:00:00Z", "2026-11-28T12:00:00Z"],
    ["moves from a lunch break to the afternoon", tuesdayTwice, "2026-11-24T12:00:00Z", "2026-11-24T17:00:00Z"],
    ["moves a whole week where it opens once", tuesdayTwice, "2026-11-24T18:00:00Z", "2026-12-01T11:00:00Z"],
    ["keeps the hour by the clock over the change to winter", weekdays, "2026-10-23T20:00:00Z", "2026-10-26T17:00:00Z"],
    ["keeps the hour by the clock over the change to summer", weekdays, "2026-03-27T20:00:00Z", "2026-03-30T16:00:00Z"],
  ])("%s", (_what, hours, due, moved) => {
    expect(withinHours(new Date(due), hours, BERLIN)).toEqual(new Date(moved));
  });
});

describe("a clock on a wall", () => {
  it("shows an hour twice in autumn, and means the first", () => {
    const twice = { year: 2026, month: 10, day: 25, minute: 150 };
    expect(momentOf(twice, BERLIN).toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("leaves an hour out in spring, and loses nobody's moment", () => {
    const missing = { year: 2026, month: 3, day: 29, minute: 150 };
    expect(momentOf(missing, BERLIN).toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  it.each(["Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "UTC"])("goes both ways in %s", (zone) => {
    for (let hour = 0; hour < 24 * 7; hour += 5) {
      const moment = new Date(Date.UTC(2026, 5, 29, hour, 15));
      expect(momentOf(localTimeOf(moment, zone), zone)).toEqual(moment);
    }
  });
});
