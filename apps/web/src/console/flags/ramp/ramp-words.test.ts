import { type Ramp, rampTemplates } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { actsOf, guardText, holdText, rampText, reachText, waitsFor } from "./ramp-words.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-25T15:00:00Z") };
const ready: Ramp = {
  key: "qr-checkout-enabled",
  steps: rampTemplates.weeks,
  state: "ready",
  step: -1,
  stepSince: null,
  because: null,
  version: 1,
};
const running: Ramp = { ...ready, state: "running", step: 1, stepSince: "2026-11-25T09:00:00.000Z" };

describe("a step", () => {
  it.each([
    [{ kind: "percentage", percentage: 12.5 }, "12.5 % of people"],
    [{ kind: "tenants", share: 25 }, "the oldest 25 % of tenants"],
    [{ kind: "tenants", share: 100 }, "all tenants"],
    [{ kind: "cohort", size: 20 }, "the first 20 invited people"],
  ] as const)("lets in %o: %s", (reach, text) => {
    expect(reachText(reach)).toBe(text);
  });

  it.each([
    [{ kind: "time", minutes: 10_080 }, "for 7 days"],
    [{ kind: "sample", calls: 1_500 }, "until 1,500 calls were made"],
    [{ kind: "approval" }, "until somebody approves it"],
  ] as const)("holds %o: %s", (hold, text) => {
    expect(holdText(hold)).toBe(text);
  });

  it("says what its guard does", () => {
    expect(guardText({ metric: "error_share", above: 0.5, minCalls: 50, action: "pause" })).toBe(
      "Pauses above 0.5 % failed calls, from 50 calls on",
    );
  });
});

describe("a ramp", () => {
  it.each([
    ["Ramp of 4 steps is planned, not started.", ready],
    ["Ramp is at step 2 of 4, 25 % of people, since 09:00.", running],
    [
      "Ramp is paused at step 2 of 4, 25 % of people. Because: 3 of 50 calls failed.",
      { ...running, state: "paused", because: "3 of 50 calls failed." },
    ],
    ["Ramp is complete: 100 % of people.", { ...running, state: "completed", step: 3 }],
    ["Ramp was rolled back. Because: too many errors", { ...ready, state: "rolled_back", because: "too many errors" }],
  ] as [string, Ramp][])("%s", (text, ramp) => {
    expect(rampText(ramp, speech)).toBe(text);
  });

  it("says what it waits for", () => {
    const holding = (hold: (typeof running.steps)[number]["hold"], step = 1) =>
      waitsFor({ ...running, step, steps: running.steps.map((one) => ({ ...one, hold })) }, speech);
    expect(holding({ kind: "time", minutes: 7 * 60 })).toBe("Step 3 begins 16:00.");
    expect(holding({ kind: "time", minutes: 5 })).toBe("Step 3 begins at any moment.");
    expect(holding({ kind: "approval" })).toBe("Step 3 begins when somebody approves it.");
    expect(holding({ kind: "approval" }, 3)).toBe("It is complete when somebody approves it.");
    expect(waitsFor(ready, speech)).toMatch(/^Start it/);
  });

  it("offers what can be done where it stands", () => {
    expect(actsOf(ready)).toEqual(["start"]);
    expect(actsOf(running)).toEqual(["pause", "roll_back"]);
    expect(actsOf({ ...running, state: "paused" })).toEqual(["resume", "roll_back"]);
    const waiting = running.steps.map((step) => ({ ...step, hold: { kind: "approval" } as const }));
    expect(actsOf({ ...running, steps: waiting })).toEqual(["approve", "pause", "roll_back"]);
  });
});
