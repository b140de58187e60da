import { defaultLimits } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { breakerText, countedSince, retryAt } from "./breaker-words.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-25T15:00:00Z") };
const incidentId = "a0000000-0000-4000-8000-000000000001";
const closed = { now: { state: "closed" as const }, limits: defaultLimits, retryFrom: null };
const open = {
  ...closed,
  now: { state: "open" as const, since: "2026-11-25T14:02:00.000Z", incidentId },
  retryFrom: "2026-11-25T14:17:00.000Z",
};
const trying = { ...closed, now: { ...open.now, state: "half_open" as const, share: 10 } };

describe("a breaker", () => {
  it("says how it stands", () => {
    expect(breakerText(closed, speech)).toMatch(/watches/);
    expect(breakerText({ ...closed, limits: { ...defaultLimits, isArmed: false } }, speech)).toMatch(/not armed/);
    expect(breakerText(open, speech)).toBe("The breaker tripped at 14:02: the flag is off for everybody.");
    expect(breakerText(trying, speech)).toBe("A new try runs since 14:02: on for 10 % of those it was on for.");
  });

  it("says of when its calls are", () => {
    expect(countedSince(closed, speech)).toBe("in the last 10 minutes");
    expect(countedSince(trying, speech)).toBe("since the share of 10 % began at 14:02");
  });

  it("offers a new try once it has cooled down, and only where it is open", () => {
    expect(retryAt(closed, speech)).toBeNull();
    expect(retryAt(trying, speech)).toBeNull();
    expect(retryAt(open, speech)).toEqual({ isOpen: true });
    const early = { ...open, retryFrom: "2026-11-25T15:01:00.000Z" };
    expect(retryAt(early, speech)).toEqual({ isOpen: false, from: early.retryFrom });
  });
});
