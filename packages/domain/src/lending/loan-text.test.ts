import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loanText, minutesOf } from "./loan-text.ts";

describe("the length of a loan", () => {
  it.each([
    ["30 min", 30],
    ["45m", 45],
    ["1 minute", 1],
    ["4 h", 240],
    ["4 Hours", 240],
    ["7 d", 10_080],
    [" 1 day ", 1_440],
    ["365 days", 525_600],
  ])("%j is %i minutes", (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  it.each(["", "7", "h", "0 d", "366 d", "-1 h", "1.5 h", "7 dogs", "7 weeks", "1e3 h"])("%j is none", (text) =>
    expect(minutesOf(text)).toBeNull(),
  );

  it("is read back as it is written", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 525_600 }), (minutes) => minutesOf(loanText(minutes)) === minutes));
    expect([loanText(10_080), loanText(240), loanText(90)]).toEqual(["7 d", "4 h", "90 min"]);
  });
});
