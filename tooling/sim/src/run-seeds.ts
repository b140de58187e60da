import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Broken, runWorld } from "./run-world.ts";
import type { Habits } from "./world/habits.ts";

/** What became of many worlds. */
export interface SimReport {
  from: number;
  count: number;
  steps: number;
  scans: number;
  seconds: number;
  /** In how many worlds each of these happened at least once. */
  reached: Readonly<Record<string, number>>;
  /** At most ten, by rising seed. */
  failures: ReadonlyArray<Broken & { seed: number }>;
  failed: number;
}

const MOST_TOLD = 10;

/**
 * Runs seeds one after the other in this thread.
 *
 * @param from The first seed.
 * @param count How many.
 * @param habits Left out: honest.
 */
export async function runHere(from: number, count: number, habits?: Habits): Promise<SimReport> {
  const began = performance.now();
  const reached: Record<string, number> = {};
  const failures: Array<Broken & { seed: number }> = [];
  let [steps, scans, failed] = [0, 0, 0];
  for (let seed = from; seed < from + count; seed++) {
    const world = await runWorld(seed, habits);
    steps += world.steps;
    scans += world.scans;
    for (const what of world.reached) reached[what] = (reached[what] ?? 0) + 1;
    if (!world.failure) continue;
    failed++;
    if (failures.length < MOST_TOLD) failures.push({ seed, ...world.failure });
  }
  return { from, count, steps, scans, seconds: (performance.now() - began) / 1_000, reached, failures, failed };
}

/** How many seeds a thread is given at once: few enough that all threads end together. */
const SHARE = 250;

/**
 * Runs seeds on every core.
 *
 * @param from The first seed.
 * @param count How many.
 * @param tell Told of everything so far after each share of 250 seeds.
 * @returns What became of them; a violation is in `failures`, not thrown.
 * @throws Error When a thread ends before its time.
 */
export async function runSeeds(from: number, count: number, tell?: (soFar: SimReport) => void): Promise<SimReport> {
  const began = performance.now();
  const shares = Array.from({ length: Math.ceil(count / SHARE) }, (_, index) => ({
    from: from + index * SHARE,
    count: Math.min(SHARE, count - index * SHARE),
  }));
  const done: SimReport[] = [];
  const soFar = () => ({ ...merged(done), from, seconds: (performance.now() - began) / 1_000 });

  async function work(): Promise<void> {
    const thread = openThread();
    try {
      for (let share = shares.shift(); share; share = shares.shift()) {
        done.push(await thread.run(share));
        tell?.(soFar());
      }
    } catch (cause) {
      shares.length = 0; // the other threads stop at their next share
      throw cause;
    } finally {
      await thread.close();
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), shares.length) }, work));
  return soFar();
}

function openThread() {
  const worker = new Worker(new URL("./thread.mjs", import.meta.url), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 64 }, // nearly everything here is short-lived
  });
  return {
    run: (share: { from: number; count: number }) =>
      new Promise<SimReport>((resolve, reject) => {
        worker.removeAllListeners();
        worker.once("message", resolve);
        worker.once("error", reject);
        worker.once("exit", (code) => reject(new Error(`a thread of the simulation ended with ${code}`)));
        worker.postMessage(share);
      }),
    close: () => worker.terminate(),
  };
}

function merged(parts: readonly SimReport[]): Omit<SimReport, "from" | "seconds"> {
  const reached: Record<string, number> = {};
  for (const part of parts) {
    for (const [what, worlds] of Object.entries(part.reached)) reached[what] = (reached[what] ?? 0) + worlds;
  }
  const sum = (of: (part: SimReport) => number) => parts.reduce((total, part) => total + of(part), 0);
  const failures = parts.flatMap((part) => part.failures).sort((one, other) => one.seed - other.seed);
  return {
    count: sum(({ count }) => count),
    steps: sum(({ steps }) => steps),
    scans: sum(({ scans }) => scans),
    failed: sum(({ failed }) => failed),
    failures: failures.slice(0, MOST_TOLD),
    reached,
  };
}
