import {
  type MoveRamp,
  type Ramp,
  type RampAct,
  type RampReach,
  type RampState,
  type RampStep,
  rampStates,
} from "@tessera/contracts/flags";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterMove, moveRamp, nextMove, type RampMoved } from "./ramp.ts";
import { approval, DAY, guard, invited, minutes, QUIET, running, share, WEEK } from "./ramp-testing.ts";

const steps = [share(10), share(25), share(50), share(100)];
const now = minutes(DAY);
const acts: RampAct[] = ["start", "pause", "resume", "approve", "roll_back", "jump"];

const move = (ramp: Ramp, act: RampAct, given: Partial<MoveRamp> = {}): MoveRamp => ({
  key: ramp.key,
  act,
  version: ramp.version,
  because: "We talked about it.",
  ...(act === "jump" && { step: 0 }),
  ...given,
});
const moved = (ramp: Ramp, act: RampAct, given: Partial<MoveRamp> = {}, cohort = 0) =>
  moveRamp(ramp, move(ramp, act, given), { now, cohort });

const ready = running(steps, { state: "ready", step: -1, stepSince: null });
const paused = running(steps, { state: "paused", step: 1, because: "Too many failed." });

describe("what a person may do with a ramp", () => {
  const allowed = {
    start: ["ready", "completed", "rolled_back"],
    pause: ["running"],
    resume: ["paused"],
    approve: ["running"],
    roll_back: ["running", "paused"],
    jump: ["running", "paused"],
  };
  const all = acts.flatMap((act) => rampStates.map((state) => ({ act, state })));

  it.each(all)("$act when it is $state", ({ act, state }) => {
    const answer = moved(running([share(10, approval), share(25)], { state }), act);
    expect(answer).toMatchObject(
      allowed[act].includes(state) ? { kind: "moved" } : { kind: "refused", reason: "wrong_state" },
    );
  });

  it.each(acts)("%s is refused when the ramp moved on meanwhile", (act) => {
    for (const version of [3, 5]) {
      expect(moved(running(steps), act, { version })).toEqual({ kind: "refused", reason: "moved_on" });
    }
  });
});

describe("who starts a ramp", () => {
  it("publishes its first step", () => {
    expect(moved(ready, "start")).toEqual({
      kind: "moved",
      ramp: { ...ready, state: "running", step: 0, stepSince: now.toISOString(), version: 5 },
      publish: { kind: "percentage", percentage: 10 },
    });
  });

  it("begins again at the first step, after it was taken back or complete", () => {
    for (const ended of [
      running(steps, { state: "rolled_back", step: -1, stepSince: null, because: "Too many failed." }),
      running(steps, { state: "completed", step: 3 }),
    ]) {
      expect(moved(ended, "start")).toMatchObject({
        ramp: { state: "running", step: 0, stepSince: now.toISOString(), because: null },
        publish: { kind: "percentage", percentage: 10 },
      });
    }
  });

  it("is refused while the cohort is too small", () => {
    const ramp = { ...ready, steps: [invited(20)] };
    expect(moved(ramp, "start", {}, 19)).toEqual({ kind: "refused", reason: "too_few" });
    expect(moved(ramp, "start", {}, 20)).toMatchObject({ publish: { kind: "cohort", size: 20 } });
  });

  it("is refused where there are no steps", () => {
    expect(moved({ ...ready, steps: [] }, "start")).toEqual({ kind: "refused", reason: "wrong_state" });
  });
});

describe("who pauses a ramp", () => {
  it("leaves the flag as it is, and says why", () => {
    const ramp = running(steps, { step: 1 });
    expect(moved(ramp, "pause")).toEqual({
      kind: "moved",
      ramp: { ...ramp, state: "paused", because: "We talked about it.", version: 5 },
      publish: null,
    });
  });

  it("and resumes it has the step published and observed anew, for all of its time", () => {
    const answer = moved(paused, "resume");
    expect(answer).toEqual({
      kind: "moved",
      ramp: { ...paused, state: "running", stepSince: now.toISOString(), because: null, version: 5 },
      publish: { kind: "percentage", percentage: 25 },
    });
    const ramp = answer.kind === "moved" ? answer.ramp : paused;
    expect(nextMove(ramp, { now: minutes(DAY + WEEK - 1), traffic: QUIET, cohort: 0 }).kind).toBe("stay");
    expect(nextMove(ramp, { now: minutes(DAY + WEEK), traffic: QUIET, cohort: 0 })).toEqual({ kind: "step", step: 2 });
  });
});

describe("who approves", () => {
  const waiting = running([share(10, approval), share(25, approval)]);

  it("lets the next step begin", () => {
    expect(moved(waiting, "approve")).toMatchObject({
      ramp: { state: "running", step: 1, stepSince: now.toISOString(), version: 5 },
      publish: { kind: "percentage", percentage: 25 },
    });
  });

  it("the last step completes the ramp", () => {
    expect(moved({ ...waiting, step: 1 }, "approve")).toMatchObject({
      ramp: { state: "completed", step: 1 },
      publish: null,
    });
  });

  it("is refused where nothing waits for it", () => {
    expect(moved(running([share(10), share(25)]), "approve")).toEqual({ kind: "refused", reason: "wrong_state" });
    const sampling = running([share(10, { kind: "sample", calls: 5 }), share(25)]);
    expect(moved(sampling, "approve")).toEqual({ kind: "refused", reason: "wrong_state" });
  });

  it("is refused while the cohort is too small for the next step", () => {
    const ramp = running([invited(20, approval), invited(50)]);
    expect(moved(ramp, "approve", {}, 49)).toEqual({ kind: "refused", reason: "too_few" });
    expect(moved(ramp, "approve", {}, 50)).toMatchObject({ ramp: { step: 1 } });
  });
});

describe("who jumps", () => {
  it.each([
    ["ahead", 3, 100],
    ["back", 0, 10],
    ["to where it stands", 1, 25],
  ])("%s is there at once", (_where, step, percentage) => {
    expect(moved(running(steps, { step: 1 }), "jump", { step })).toMatchObject({
      ramp: { state: "running", step, stepSince: now.toISOString(), version: 5 },
      publish: { kind: "percentage", percentage },
    });
  });

  it("lets a paused ramp run again", () => {
    expect(moved(paused, "jump", { step: 2 })).toMatchObject({ ramp: { state: "running", step: 2, because: null } });
  });

  it("is refused where there is no such step, or none is named", () => {
    for (const step of [4, undefined]) {
      expect(moved(running(steps), "jump", { step })).toEqual({ kind: "refused", reason: "wrong_state" });
    }
  });

  it("is refused while the cohort is too small", () => {
    const ramp = running([invited(20), invited(50)]);
    expect(moved(ramp, "jump", { step: 1 }, 49)).toEqual({ kind: "refused", reason: "too_few" });
  });
});

it("takes a ramp back to nobody, running or paused, and says why", () => {
  for (const ramp of [running(steps, { step: 2 }), paused]) {
    expect(moved(ramp, "roll_back")).toEqual({
      kind: "moved",
      ramp: { ...ramp, state: "rolled_back", step: -1, stepSince: null, because: "We talked about it.", version: 5 },
      publish: "nobody",
    });
  }
});

describe("whatever people and time do to a ramp", () => {
  type Publish = RampReach | "nobody" | null;
  const shareOf = (publish: Publish) =>
    publish === "nobody" ? 0 : publish?.kind === "percentage" ? publish.percentage : null;
  const placedBy = (answer: RampMoved) => (answer.kind === "moved" ? answer : null);
  const isFall = ([act, publish]: [RampAct | null, Publish]) =>
    publish === "nobody" || act === "jump" || act === "start";

  const guarded = (percentage: number): RampStep => share(percentage, { kind: "time", minutes: 60 }, [guard("pause")]);
  const ways = [10, 25, 50, 100].map((percentage, index) => (index % 2 ? guarded(percentage) : share(percentage)));
  const waits = ways.map((step, index) => (index === 1 ? { ...step, hold: approval } : step));
  const story = fc.array(
    fc.record({
      passes: fc.integer({ min: 0, max: 2 * WEEK }),
      calls: fc.integer({ min: 0, max: 200 }),
      failures: fc.integer({ min: 0, max: 3 }),
      act: fc.option(fc.constantFrom(...acts), { freq: 2 }),
      step: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 40 },
  );

  it("its share never falls but by going back, by a jump or by a new start, and each change is one version", () => {
    const reached = new Set<RampState>();
    fc.assert(
      fc.property(fc.constantFrom(steps, ways, waits), story, (planned, chapters) => {
        let [ramp, share, minute]: [Ramp, number, number] = [{ ...ready, steps: planned }, 0, 0];
        for (const { passes, calls, failures, act, step } of chapters) {
          minute += passes;
          const facts = { now: minutes(minute), traffic: { calls, failures }, cohort: 0 };
          const placed = act
            ? placedBy(moveRamp(ramp, move(ramp, act, act === "jump" ? { step } : {}), facts))
            : afterMove(ramp, nextMove(ramp, facts), facts.now);
          if (!placed) continue;

          const next = shareOf(placed.publish) ?? share;
          if (next < share) expect([act, placed.publish]).toSatisfy(isFall);
          expect(placed.ramp.version).toBe(ramp.version + 1);
          [ramp, share] = [placed.ramp, next];
          reached.add(ramp.state);
          expect(shareOf(ramp.steps[ramp.step]?.reach ?? "nobody"), "the step it stands at").toBe(share);
        }
      }),
      { numRuns: 500 },
    );
    expect(reached, "or else the stories are too tame").toEqual(
      new Set(rampStates.filter((state) => state !== "ready")),
    );
  });

  it("nothing moves by itself before somebody starts it, nor after it ended", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("ready" as const, "paused" as const, "completed" as const, "rolled_back" as const),
        fc.nat(),
        fc.nat(),
        (state, minute, calls) => {
          const facts = { now: minutes(minute), traffic: { calls, failures: calls }, cohort: 0 };
          expect(nextMove(running(ways, { state }), facts)).toEqual({ kind: "stay" });
        },
      ),
    );
  });
});
