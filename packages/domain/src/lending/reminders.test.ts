import { describe, expect, it } from "vitest";
import { reminderFor, reminderMail } from "./reminders.ts";

const BERLIN = "Europe/Berlin";
const at = (text: string) => new Date(text);
const week = { outAt: at("2026-11-20T12:00:00Z"), dueAt: at("2026-11-27T12:00:00Z") };

describe("a letter about a loan", () => {
  it.each([
    ["two days before: none yet", week, "2026-11-25T12:00:00Z", null],
    ["on the day before", week, "2026-11-26T12:00:00Z", "tomorrow"],
    ["on the day before, at night: none", week, "2026-11-26T21:00:00Z", null],
    ["on the day itself, before eight: none", week, "2026-11-27T06:59:00Z", null],
    ["on the day itself, from eight", week, "2026-11-27T07:00:00Z", "today"],
    ["when it is late", week, "2026-11-27T12:00:01Z", "overdue"],
    ["weeks later", week, "2026-12-20T12:00:00Z", "overdue"],
    [
      "due after midnight there, which is today in London",
      { ...week, dueAt: at("2026-11-26T23:30:00Z") },
      "2026-11-26T12:00:00Z",
      "tomorrow",
    ],
    [
      "of a loan of an hour: none before it is late",
      { outAt: at("2026-11-27T11:00:00Z"), dueAt: week.dueAt },
      "2026-11-27T11:30:00Z",
      null,
    ],
    [
      "of a loan of a day: none on the day before",
      { outAt: at("2026-11-26T12:00:00Z"), dueAt: week.dueAt },
      "2026-11-26T13:00:00Z",
      null,
    ],
  ])("%s", (_, loan, now, step) => {
    expect(reminderFor(loan, at(now), BERLIN)).toBe(step);
  });

  it("says what, until when by the clock of the tenant, and where more time is to be had", () => {
    const given = { to: "ann@example.org", name: "Ann", tenant: "Tool library", resource: "Drill", timeZone: BERLIN };
    expect(reminderMail({ ...given, step: "today", dueAt: week.dueAt }, "https://lend.example/loans")).toEqual({
      to: "ann@example.org",
      subject: "Drill is due today",
      text: expect.stringMatching(/Friday.*27 November.*13:00[\s\S]*https:\/\/lend\.example\/loans/),
    });
  });
});
