import type { Ramp, RampStep } from "@tessera/contracts/flags";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterMove, nextMove } from "./ramp.ts";
import { approval, DAY, guard, invited, minutes, QUIET, running, share, WEEK } from "./ramp-testing.ts";

const look = (ramp: Ramp, minute: number, cohort = 0) => {
  const now = minutes(minute);
  return afterMove(ramp, nextMove(ramp, { now, traffic: QUIET, cohort }), now);
};
const stepAfter = (steps: RampStep[], minute: number, cohort = 0) => look(running(steps), minute, cohort)?.ramp.step;

describe("after three weeks in which nobody looked, a ramp", () => {
  const plain = [10, 25, 50, 75, 100].map((percentage) => share(percentage));

  it("publishes once, and the step it would be at", () => {
    const moved = look(running(plain), 3 * WEEK);
    expect(moved?.publish).toEqual({ kind: "percentage", percentage: 75 });
    expect(moved?.ramp).toMatchObject({ step: 3, stepSince: minutes(3 * WEEK).toISOString(), version: 5 });
  });

  it("counts the times one after the other, to the minute", () => {
    expect(stepAfter(plain, 3 * WEEK - 1)).toBe(2);
    expect(stepAfter(plain, 3 * WEEK)).toBe(3);
  });

  it("counts from when the step began, not from when somebody looks", () => {
    const begun = running(plain, { step: 1, stepSince: minutes(-DAY).toISOString() });
    expect(look(begun, 3 * WEEK - DAY)?.ramp.step).toBe(4);
    expect(look(begun, 3 * WEEK - DAY - 1)?.ramp.step).toBe(3);
  });

  it.each([
    ["guards", share(25, undefined, [guard("pause")])],
    ["an approval to wait for", share(25, approval)],
    ["a sample to see", share(25, { kind: "sample", calls: 10 })],
  ])("stops at a step with %s, which is observed for its own time from now", (_what, careful) => {
    const moved = look(running([share(10), careful, share(50), share(100)]), 3 * WEEK);
    expect(moved?.ramp).toMatchObject({ step: 1, stepSince: minutes(3 * WEEK).toISOString() });
    expect(moved && look(moved.ramp, 4 * WEEK - 1)).toBeNull();
  });

  it("does not take the calls of one step for the sample of the next", () => {
    const traffic = { calls: 1_000, failures: 0 };
    const ramp = running([share(10), share(25, { kind: "sample", calls: 10 }), share(50)]);
    expect(nextMove(ramp, { now: minutes(3 * WEEK), traffic, cohort: 0 })).toEqual({ kind: "step", step: 1 });
  });

  it("stops at a careful step behind plain ones, too", () => {
    expect(stepAfter([share(10), share(25), share(50, approval), share(100)], 9 * WEEK)).toBe(2);
  });

  it("still observes its last step before it is complete", () => {
    const moved = look(running(plain), 52 * WEEK);
    expect(moved?.publish).toEqual({ kind: "percentage", percentage: 100 });
    expect(moved && look(moved.ramp, 53 * WEEK - 1)).toBeNull();
    expect(moved && look(moved.ramp, 53 * WEEK)?.ramp.state).toBe("completed");
  });

  it("does not skip a step that the next one does not contain", () => {
    const tenants: RampStep = { ...share(0), reach: { kind: "tenants", share: 50 } };
    expect(stepAfter([share(10), tenants, share(50), share(100)], 9 * WEEK)).toBe(1);
  });

  it("goes as far as the cohort is large, and pauses when that step was observed", () => {
    const moved = look(running([invited(20), invited(50), invited(100)]), 9 * WEEK, 60);
    expect(moved?.publish).toEqual({ kind: "cohort", size: 50 });
    expect(moved && look(moved.ramp, 10 * WEEK, 60)?.ramp).toMatchObject({ state: "paused", step: 1 });
  });

  it("does not skip a step for want of people", () => {
    expect(look(running([invited(20), invited(50), invited(100)]), 9 * WEEK, 49)?.ramp).toMatchObject({
      state: "paused",
      step: 0,
      because: expect.stringContaining("Step 2 is for 50 people"),
    });
  });

  it("goes on from the end of a sample as of now, since nobody knows when it ended", () => {
    const moved = nextMove(running([share(10, { kind: "sample", calls: 10 }), share(25), share(50)]), {
      now: minutes(9 * WEEK),
      traffic: { calls: 10, failures: 0 },
      cohort: 0,
    });
    expect(moved).toEqual({ kind: "step", step: 1 });
  });
});

describe("for any plain ramp", () => {
  const holds = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 });
  const stepsOf = (times: number[]) =>
    times.map((time, index) => share((index + 1) * 10, { kind: "time", minutes: time }));

  /** The step of a ramp that somebody looked at every minute, a completed one at its last. */
  function watched(steps: RampStep[], until: number): number {
    let ramp = running(steps);
    for (let minute = 0; minute <= until; minute++) {
      for (let looks = 0; looks <= steps.length; looks++) ramp = look(ramp, minute)?.ramp ?? ramp;
    }
    return ramp.step;
  }

  it("one look after a long time finds the step that a look each minute would have found", () => {
    fc.assert(
      fc.property(holds, fc.integer({ min: 0, max: 300 }), (times, until) => {
        const steps = stepsOf(times);
        expect(look(running(steps), until)?.ramp.step ?? 0).toBe(watched(steps, until));
      }),
    );
  });
});
