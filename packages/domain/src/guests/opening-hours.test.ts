import type { OpeningHours } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { openState } from "./opening-hours.ts";

const WEEKDAYS = [1, 2, 3, 4, 5];
const bar: OpeningHours = [
  { days: WEEKDAYS, from: "11:00", to: "23:00" },
  { days: [6], from: "18:00", to: "02:00" },
];
/** Wednesday 25 November 2026 is the day of the table below. */
const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const closedUntil = (opensAt: Date | null) => ({ isOpen: false, opensAt });
const OPEN = { isOpen: true };

describe("opening hours", () => {
  it.each([
    ["open from the first minute", bar, "25T11:00", OPEN],
    ["open to the last", bar, "25T22:59", OPEN],
    ["closed at the end", bar, "25T23:00", closedUntil(at("26T11:00"))],
    ["closed in the morning", bar, "25T09:30", closedUntil(at("25T11:00"))],
    ["closed over a night into a later span", bar, "27T23:00", closedUntil(at("28T18:00"))],
    ["open past midnight", bar, "29T01:59", OPEN],
    ["closed when that has passed", bar, "29T02:00", closedUntil(at("30T11:00"))],
    ["open past the end of the week", [{ days: [7], from: "22:00", to: "03:00" }], "30T02:00", OPEN],
    ["open around the clock", [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" }], "25T00:00", OPEN],
    ["closed for ever without a span", [], "25T12:00", closedUntil(null)],
    ["open always where nothing is set", null, "25T12:00", OPEN],
  ] as const)("are %s", (_, hours, now, expected) => {
    expect(openState(hours as OpeningHours | null, at(now), "UTC")).toEqual(expected);
  });

  it("go by the clock of the tenant", () => {
    const noon: OpeningHours = [{ days: [3], from: "12:00", to: "13:00" }];
    expect(openState(noon, at("25T11:00"), "Europe/Vienna")).toEqual(OPEN);
    expect(openState(noon, at("25T12:00"), "Europe/Vienna")).toEqual(closedUntil(new Date("2026-12-02T11:00:00Z")));
    expect(openState(noon, at("25T03:00"), "Asia/Tokyo")).toEqual(OPEN);
  });

  it("tell the right moment over a night in which the clocks change", () => {
    const morning: OpeningHours = [{ days: [7], from: "08:00", to: "12:00" }];
    const evening = new Date("2026-03-28T20:00:00Z"); // 21:00 in Vienna; at 02:00 the clocks go to 03:00
    expect(openState(morning, evening, "Europe/Vienna")).toEqual(closedUntil(new Date("2026-03-29T06:00:00Z")));
    const autumn = new Date("2026-10-24T20:00:00Z");
    expect(openState(morning, autumn, "Europe/Vienna")).toEqual(closedUntil(new Date("2026-10-25T07:00:00Z")));
  });
});
