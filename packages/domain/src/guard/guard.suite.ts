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

    it("frees the key after the work failed", async () => {
      const guard = open(2_000);
      await guard.hold("c", () => Promise.reject(new Error("first"))).catch(() => {});
      expect(await guard.hold("c", async () => "second")).toBe("second");
    });

    it("keeps two holders of one key apart", async () => {
      const guard = open(2_000);
      const most = await mostAtOnce(2, (work) => guard.hold("d", work));
      expect(most).toBe(1);
    });

    it("is what keeps them apart: without a guard both are inside at once", async () => {
      expect(await mostAtOnce(2, (work) => work())).toBe(2);
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

/** Runs `count` works that each stay inside for a few turns of the loop; gives the largest number seen inside. */
async function mostAtOnce(count: number, run: (work: () => Promise<void>) => Promise<void>): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all(Array.from({ length: count }, () => run(work)));
  return most;
}
