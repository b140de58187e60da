import { expect, it } from "vitest";
import { firstTimes, inputOf, momentIn } from "./local-input.ts";

const at = (text: string) => new Date(text);

it("writes and reads a moment by the viewer's own clock", () => {
  const moment = at("2026-11-24T14:30:00Z");
  expect(momentIn(inputOf(moment))).toEqual(moment);
});

it("takes nothing for no moment", () => {
  expect(momentIn("")).toBeNull();
});

it.each([
  ["from the next full hour", null, 180, "2026-11-24T15:00:00Z", "2026-11-24T18:00:00Z"],
  ["from when it is back", "2026-11-26T09:10:00Z", 180, "2026-11-26T10:00:00Z", "2026-11-26T13:00:00Z"],
  ["for a day at most", null, 10_080, "2026-11-24T15:00:00Z", "2026-11-25T15:00:00Z"],
])("proposes a time %s", (_, dueAt, loanMinutes, from, until) => {
  const proposed = firstTimes(at("2026-11-24T14:30:00Z"), dueAt, loanMinutes);
  expect([momentIn(proposed.from), momentIn(proposed.until)]).toEqual([at(from), at(until)]);
});
