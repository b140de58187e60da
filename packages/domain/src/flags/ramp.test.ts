import { type Ramp, type RampReach, type RampStep, rampTemplates, type Traffic } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { Misused } from "../misused.ts";
import { afterMove, nextMove } from "./ramp.ts";
import { approval, DAY, guard, invited, minutes, QUIET, running, share, WEEK } from "./ramp-testing.ts";

const at = (now: Date, traffic: Traffic = QUIET, cohort = 0) => ({ now, traffic, cohort });

/** Looks at a ramp every hour as who moves ramps does; gives what was published, and after how many hours. */
function watched(ramp: Ramp, hours: number, cohort = 0) {
  const published: [number, RampReach | "nobody" | null][] = [];
  let stands = ramp;
  for (let hour = 0; hour <= hours; hour++) {
    const now = minutes(hour * 60);
    const moved = afterMove(stands, nextMove(stands, at(now, QUIET, cohort)), now);
    if (!moved) continue;
    stands = moved.ramp;
    published.push([hour, moved.publish]);
  }
  return { ramp: stands, published };
}

describe("a schedule of the operators' documents", () => {
  it("goes through 10, 25, 50 and 100 percent, a week each", () => {
    const { ramp, published } = watched(running(rampTemplates.weeks), 6 * 7 * 24);
    expect(published).toEqual([
      [168, { kind: "percentage", percentage: 25 }],
      [336, { kind: "percentage", percentage: 50 }],
      [504, { kind: "percentage", percentage: 100 }],
      [672, null],
    ]);
    expect(ramp).toMatchObject({ state: "completed", step: 3, because: null, version: 8 });
  });

  it("takes the tenants in on the first day, the second and the fourth", () => {
    const { ramp, published } = watched(running(rampTemplates.tenants), 200);
    expect(published).toEqual([
      [24, { kind: "tenants", share: 50 }],
      [72, { kind: "tenants", share: 100 }],
      [144, null],
    ]);
    expect(ramp.state).toBe("completed");
  });

  it("takes 20, 50 and 100 invited people in, a day each", () => {
    const { published } = watched(running(rampTemplates.beta), 100, 100);
    expect(published.map(([hour]) => hour)).toEqual([24, 48, 72]);
  });
});

describe("a hold", () => {
  const next = share(50);

  it("by time is over when the time is, and not a millisecond before", () => {
    const ramp = running([share(10, { kind: "time", minutes: 90 }), next]);
    expect(nextMove(ramp, at(new Date(minutes(90).getTime() - 1)))).toEqual({ kind: "stay" });
    expect(nextMove(ramp, at(minutes(90)))).toEqual({ kind: "step", step: 1 });
  });

  it("by time lasts when the clock was put back", () => {
    const ramp = running([share(10, { kind: "time", minutes: 90 }), next]);
    expect(nextMove(ramp, at(minutes(-1_000)))).toEqual({ kind: "stay" });
  });

  it("by sample is over with the last call of it, however long that takes", () => {
    const ramp = running([share(10, { kind: "sample", calls: 1_000 }), next]);
    expect(nextMove(ramp, at(minutes(9 * WEEK), { calls: 999, failures: 0 }))).toEqual({ kind: "stay" });
    expect(nextMove(ramp, at(minutes(1), { calls: 1_000, failures: 0 }))).toEqual({ kind: "step", step: 1 });
  });

  it("for approval is never over by itself", () => {
    const ramp = running([share(10, approval), next]);
    expect(nextMove(ramp, at(minutes(52 * WEEK), { calls: 1_000_000, failures: 0 }))).toEqual({ kind: "stay" });
  });

  it("of the last step completes the ramp", () => {
    const ramp = running([share(10), share(100)], { step: 1 });
    expect(nextMove(ramp, at(minutes(WEEK)))).toEqual({ kind: "complete" });
  });
});

describe("a guard", () => {
  const failing = (calls: number, failures: number, guards: RampStep["guards"], now = minutes(60)) =>
    nextMove(running([share(10, undefined, guards), share(25)]), at(now, { calls, failures }));

  it("pauses above its limit and says by which figures", () => {
    expect(failing(400, 12, [guard("pause")])).toEqual({
      kind: "pause",
      because: "In step 1, 12 of 400 calls failed: 3 %, above the limit of 0.5 %.",
    });
  });

  it("goes back above its limit where it is told to", () => {
    expect(failing(400, 12, [guard("roll_back")])).toEqual({
      kind: "roll_back",
      because: "In step 1, 12 of 400 calls failed: 3 %, above the limit of 0.5 %.",
    });
  });

  it("is content exactly at its limit", () => {
    expect(failing(200, 1, [guard("pause")]).kind).toBe("stay");
    expect(failing(199, 1, [guard("pause")]).kind).toBe("pause");
  });

  it.each([0.1, 0.3, 0.7, 1.1, 2.9, 5.7, 7, 14, 28, 29, 57, 58])("is content exactly at %s percent", (above) => {
    expect(failing(1_000, Math.round(above * 10), [guard("pause", { above })]).kind).toBe("stay");
    expect(failing(1_000, Math.round(above * 10) + 1, [guard("pause", { above })]).kind).toBe("pause");
  });

  it("is content exactly at the finest of limits", () => {
    const guards = [guard("pause", { above: 1.001 })];
    expect(failing(100_000, 1_001, guards).kind).toBe("stay");
    expect(failing(100_000, 1_002, guards).kind).toBe("pause");
  });

  it("says nothing before it has seen enough calls", () => {
    expect(failing(49, 49, [guard("pause")]).kind).toBe("stay");
    expect(failing(50, 50, [guard("pause")]).kind).toBe("pause");
  });

  it("comes before a hold that is over", () => {
    expect(failing(400, 12, [guard("pause")], minutes(WEEK)).kind).toBe("pause");
    expect(failing(400, 2, [guard("pause")], minutes(WEEK)).kind).toBe("step");
  });

  it("that goes back wins over one that pauses, whichever comes first", () => {
    expect(failing(400, 40, [guard("pause"), guard("roll_back", { above: 5 })]).kind).toBe("roll_back");
    expect(failing(400, 12, [guard("pause"), guard("roll_back", { above: 5 })]).kind).toBe("pause");
  });

  it("looks while a step waits for approval, too", () => {
    const ramp = running([share(10, approval, [guard("roll_back")])]);
    expect(nextMove(ramp, at(minutes(1), { calls: 400, failures: 12 })).kind).toBe("roll_back");
  });
});

describe("a cohort that is too small for the next step", () => {
  const ramp = running([invited(20), invited(50)]);

  it("pauses the ramp, which says whom it lacks", () => {
    expect(nextMove(ramp, at(minutes(WEEK), QUIET, 49))).toEqual({
      kind: "pause",
      because: "Step 2 is for 50 people of the cohort, and 49 have signed up. Invite more, then resume.",
    });
  });

  it("says nothing before the hold is over", () => {
    expect(nextMove(ramp, at(minutes(WEEK - 1), QUIET, 49))).toEqual({ kind: "stay" });
  });

  it("is large enough with exactly as many", () => {
    expect(nextMove(ramp, at(minutes(WEEK), QUIET, 50))).toEqual({ kind: "step", step: 1 });
  });
});

describe("a ramp that does not run", () => {
  it.each(["ready", "paused", "completed", "rolled_back"] as const)("stays, when it is %s", (state) => {
    const ramp = running([share(10, undefined, [guard("roll_back")]), share(25)], { state });
    expect(nextMove(ramp, at(minutes(9 * WEEK), { calls: 400, failures: 400 }))).toEqual({ kind: "stay" });
  });
});

describe("after its move a ramp", () => {
  const ramp = running([share(10), share(25), share(50)], { because: "Looks good so far." });
  const now = minutes(WEEK);

  it("is where it was, when it stays", () => {
    expect(afterMove(ramp, { kind: "stay" }, now)).toBeNull();
  });

  it("observes its new step from now on", () => {
    expect(afterMove(ramp, { kind: "step", step: 2 }, now)).toEqual({
      ramp: { ...ramp, step: 2, stepSince: now.toISOString(), because: null, version: 5 },
      publish: { kind: "percentage", percentage: 50 },
    });
  });

  it("keeps its step and leaves the flag, when it pauses", () => {
    expect(afterMove(ramp, { kind: "pause", because: "Too many failed." }, now)).toEqual({
      ramp: { ...ramp, state: "paused", because: "Too many failed.", version: 5 },
      publish: null,
    });
  });

  it("is at no step and for nobody, when it goes back", () => {
    expect(afterMove(ramp, { kind: "roll_back", because: "Too many failed." }, now)).toEqual({
      ramp: { ...ramp, state: "rolled_back", step: -1, stepSince: null, because: "Too many failed.", version: 5 },
      publish: "nobody",
    });
  });

  it("leaves the flag, when it is complete", () => {
    expect(afterMove(ramp, { kind: "complete" }, now)).toEqual({
      ramp: { ...ramp, state: "completed", because: null, version: 5 },
      publish: null,
    });
  });

  it("cannot be at a step that it does not have", () => {
    expect(() => afterMove(ramp, { kind: "step", step: 3 }, now)).toThrow(Misused);
  });

  it("is not looked at for its old step again", () => {
    const moved = afterMove(ramp, { kind: "step", step: 1 }, now);
    expect(moved && nextMove(moved.ramp, at(minutes(WEEK + DAY)))).toEqual({ kind: "stay" });
  });
});
