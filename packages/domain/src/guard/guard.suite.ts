import { describe, expect, it } from "vitest";
import type { Guard } from "./guard.ts";

/**
 * The promise of a guard, for every implementation.
 *
 * @param name Shown in the report.
 * @param open Makes a guard with the given patience (milliseconds).
 */
export function guardSuite(name: string, open: (patienceMs: number) => Guard): void {
  describe(`${name} keeps the guard's promise:`, () => {
    it("gives back what the work gives", async () => {
      expect(await open(2_000).hold("a", async () => 42)).toBe(42);
    });

    it("lets the work's own failure through unchanged", async () => {
      const failure = new Error("the work failed");
      const held = open(2_000).hold("b", () => Promise.reject(failure));
      await expect(held).rejects.toBe(failure);
    });

    it("hands each of a crowd its own answer or failure", async () => {
      const guard = open(2_000);
      const failure = new Error("the second failed");
      const crowd = [async () => "first", () => Promise.reject(failure), async () => "third"];
      expect(await Promise.allSettled(crowd.map((work) => guard.hold("c", work)))).toEqual([
        { status: "fulfilled", value: "first" },
        { status: "rejected", reason: failure },
        { status: "fulfilled", value: "third" },
      ]);
    });

    it("frees the key after the work failed", async () => {
      const guard = open(2_000);
      await guard.hold("d", () => Promise.reject(new Error("first"))).catch(() => {});
      expect(await guard.hold("d", async () => "second")).toBe("second");
    });

    it("does not let one key wait for another", async () => {
      const guard = open(2_000);
      const inner = await guard.hold("e", () => guard.hold("f", async () => "inside"));
      expect(inner).toBe("inside");
    });

    it("goes on without the key when its patience ends, since the ledger decides", async () => {
      const guard = open(60);
      const outcome = await guard.hold("g", () => guard.hold("g", async () => "went on"));
      expect(outcome).toBe("went on");
    });

    it("runs the work exactly once, held or not", async () => {
      const guard = open(60);
      let runs = 0;
      const work = async () => {
        runs++;
      };
      await guard.hold("h", () => Promise.all([guard.hold("h", work), guard.hold("h", work)]));
      expect(runs).toBe(2);
    });
  });
}

/**
 * What guards of several processes promise each other.
 *
 * @param name Shown in the report.
 * @param open Makes another guard over the same lock, as another process would, with the given patience (milliseconds).
 */
export function sharedGuardSuite(name: string, open: (patienceMs: number) => Guard): void {
  describe(`${name} between processes:`, () => {
    it("keeps two holders of one key apart", async () => {
      const [here, there] = [open(5_000), open(5_000)];
      expect(await mostAtOnce([here, there].map((guard) => (work) => guard.hold("i", work)))).toBe(1);
    });

    it("is what keeps them apart: without a guard both are inside at once", async () => {
      const run: Run = (work) => work();
      expect(await mostAtOnce([run, run])).toBe(2);
    });

    it("gives the key to the next when the first is done", async () => {
      const [here, there] = [open(5_000), open(5_000)];
      await here.hold("j", async () => "first");
      expect(await there.hold("j", async () => "second")).toBe("second");
    });
  });
}

type Run = (work: () => Promise<void>) => Promise<void>;

/** Runs a work that stays inside for a few turns of the loop once with each; gives the largest number seen inside. */
async function mostAtOnce(runs: readonly Run[]): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all(runs.map((run) => run(work)));
  return most;
}
