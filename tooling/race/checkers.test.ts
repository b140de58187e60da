import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkers, checkRun } from "./src/checkers/check-run.ts";
import { cleanRun } from "./src/checkers/clean-run.ts";
import { linearizable, type RegisterOperation } from "./src/checkers/linearizable.ts";
import { plants } from "./src/checkers/plants.ts";
import { checkProgress } from "./src/checkers/progress.ts";
import { checkRegister } from "./src/checkers/register.ts";
import type { HistoryEntry } from "./src/history/history.ts";

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("the checkers of a run's history", () => {
  it("have nothing to say of runs in which all is well", () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(checkRun(cleanRun(seed))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each(plants)("name it when $says: $caughtBy", ({ caughtBy, into }) => {
    let planted = 0;
    fc.assert(
      fc.property(anySeed, (seed) => {
        const run = into(cleanRun(seed));
        if (!run) return;
        planted++;
        const seen = checkRun(run).filter(({ checker }) => checker === caughtBy);
        expect(seen.map(({ says }) => says)).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(planted).toBeGreaterThan(0);
  });

  it("each have a bug of their own that they catch", () => {
    expect(new Set(plants.map(({ caughtBy }) => caughtBy))).toEqual(new Set(checkers.map(({ name }) => name)));
  });

  it("take about ten times as long for a run ten times as long", () => {
    const codes = new Map(
      Array.from({ length: 4_000 }, (_, n) => [
        `code-${n}`,
        { tenant: "t", maxUses: 1, purpose: "check_out" as const, resource: `thing-${n % 7}`, holder: "m" },
      ]),
    );
    const steps = { count: 0 };
    const operations = [...codes].map(([key], n) => counted(steps, key, n));
    expect(linearizable(operations.slice(0, 400), null)).toEqual({ kind: "linearizable" });
    const few = steps.count;
    steps.count = 0;
    expect(linearizable(operations, null)).toEqual({ kind: "linearizable" });
    expect(steps.count).toBeLessThan(few * 20);
  });
});

/** Gives out and takes back in turn, three under way at any time; counts how often the search tries one. */
function counted(steps: { count: number }, name: string, n: number): RegisterOperation<string | null> {
  return {
    name,
    invoke: n * 10,
    return: n * 10 + 25,
    mayBeMissing: false,
    step(state) {
      steps.count++;
      if (n % 2 === 0) return state === null ? "m" : undefined;
      return state === "m" ? null : undefined;
    },
  };
}

describe("the story of a thing", () => {
  const codes = new Map([
    ["out-1", { tenant: "t", maxUses: 1, purpose: "check_out" as const, resource: "drill", holder: "ada" }],
    ["out-2", { tenant: "t", maxUses: 1, purpose: "check_out" as const, resource: "drill", holder: "ben" }],
    ["in-1", { tenant: "t", maxUses: 1, purpose: "check_in" as const, resource: "drill", holder: "ada" }],
  ]);
  const entry = (key: string, invoke: number, end: number, given: Partial<HistoryEntry> = {}): HistoryEntry => ({
    op: "redeem",
    key,
    scan: `scan of ${key}`,
    attempt: 1,
    node: "api-1",
    tenant: "t",
    invoke,
    return: end,
    type: "ok",
    reason: null,
    redemption: null,
    useNo: null,
    ...given,
  });
  const records = cleanRun(1).records;
  const says = (...entries: HistoryEntry[]) =>
    checkRegister({ history: { entries, codes }, records: { ...records, scans: [], checkouts: [] } });

  it("may have two hands at once when their times leave room for a return between them", () => {
    expect(says(entry("out-1", 0, 10), entry("in-1", 5, 30), entry("out-2", 5, 30))).toEqual([]);
  });

  it("may not when the return came after both", () => {
    const [violation] = says(entry("out-1", 0, 10), entry("out-2", 12, 20), entry("in-1", 25, 30));
    expect(violation?.says).toContain("thing drill has no order in which it can have happened: check_out yes");
  });

  it("takes an undone loan for a free thing", () => {
    const undone = entry("out-1", 20, 30, { op: "undo" });
    expect(says(entry("out-1", 0, 10), undone, entry("out-2", 40, 50))).toEqual([]);
    expect(says(entry("out-1", 0, 10), { ...undone, type: "refused" }, entry("out-2", 40, 50))).toHaveLength(1);
  });

  it("takes an undo that nobody heard the end of for done, or for not done", () => {
    const lost = entry("out-1", 20, 30, { op: "undo", type: "info" });
    expect(says(entry("out-1", 0, 10), lost, entry("out-2", 40, 50))).toEqual([]);
    const stillOut = entry("out-2", 40, 50, { type: "refused", reason: "resource_unavailable" });
    expect(says(entry("out-1", 0, 10), lost, stillOut)).toEqual([]);
  });

  it("does not believe “not available” of a thing that nobody had taken", () => {
    expect(says(entry("out-1", 0, 10, { type: "refused", reason: "resource_unavailable" }))).toHaveLength(1);
  });
});

describe("the share of calls that a fault may leave undecided", () => {
  it("is held to its budget while the fault is on, and only then", () => {
    const { history, healedAt, faults } = cleanRun(7);
    const open = history.entries.filter(({ type }) => type === "info").length;
    expect(open).toBeGreaterThan(0);
    expect(checkProgress({ history, healedAt, faults }, { F17: 0.5 })).toEqual([]);
    const [violation] = checkProgress({ history, healedAt, faults }, { F17: 0 });
    expect(violation?.says).toMatch(/^Under F17 \d+ of \d+ calls ended undecided; 0 % would be in order\.$/);
    expect(checkProgress({ history, healedAt, faults: [{ fault: "F1", from: 1e6, until: 2e6 }] }, { F1: 0 })).toEqual(
      [],
    );
  });
});
