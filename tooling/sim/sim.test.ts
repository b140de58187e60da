import { describe, expect, it } from "vitest";
import { plants } from "./src/planted/plants.ts";
import { regressionSeeds } from "./src/regression-seeds.ts";
import { runHere, runSeeds } from "./src/run-seeds.ts";
import { runWorld } from "./src/run-world.ts";
import { neverReached } from "./src/sometimes.ts";

const SLOW = { timeout: 120_000 };

describe("a world with a seed", () => {
  it("goes the same way twice, step for step", SLOW, async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [first, second] = [await runWorld(seed), await runWorld(seed)];
      expect({ ...second, failure: null }).toEqual({ ...first, failure: null });
    }
  });

  it("goes another way with another seed", SLOW, async () => {
    const hashes = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5]) hashes.add((await runWorld(seed)).hash);
    expect(hashes.size).toBe(5);
  });
});

describe("delays, lost answers, crashes, wrong clocks, wiped stores and a clone break no promise", () => {
  const SEEDS = 300;

  it(`in ${SEEDS} worlds, which come to nearly every place worth coming to`, SLOW, async () => {
    const { seconds: _alone, ...alone } = await runHere(1, SEEDS);
    expect(alone.failures).toEqual([]);
    // The rarest places need the 20,000 worlds of npm run sim.
    expect(neverReached(alone.reached).length).toBeLessThan(8);

    // The same worlds, shared out among threads as npm run sim does it.
    const told: number[] = [];
    const { seconds: _shared, ...shared } = await runSeeds(1, SEEDS, ({ count }) => told.push(count));
    expect(shared).toEqual(alone);
    expect(told.at(-1)).toBe(SEEDS);
  });

  it.each(regressionSeeds)("in world $seed, which once broke one: $was", SLOW, async ({ seed, fault }) => {
    expect((await runWorld(seed)).failure).toBeNull();
    expect((await runWorld(seed, plants[fault]?.habits)).failure, "the same world with the fault").not.toBeNull();
  });
});

describe("a planted bug is found:", () => {
  /** Some bugs need a rare meeting; all of them are found within so many worlds. */
  const WITHIN = 1_000;

  it.each(Object.entries(plants))("%s", SLOW, async (_name, { habits, breaks }) => {
    for (let seed = 1; seed <= WITHIN; seed++) {
      const { failure } = await runWorld(seed, habits);
      if (!failure) continue;
      expect(breaks).toContain(failure.invariant);
      expect((await runWorld(seed)).failure, "the same world without the bug").toBeNull();
      return;
    }
    expect.fail(`not within ${WITHIN} worlds`);
  });
});
