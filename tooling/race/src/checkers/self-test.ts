import type { Run } from "../history/run.ts";
import { checkRun } from "./check-run.ts";
import { cleanRun } from "./clean-run.ts";
import { type Plant, plants } from "./plants.ts";

/** What became of one planted bug. */
export interface PlantResult {
  says: string;
  caughtBy: string;
  /** The sentence with which it was named; null when it was missed. */
  sentence: string | null;
  /** In how many runs it was planted. */
  planted: number;
}

export interface SelfTest {
  cleanRuns: number;
  /** What was said of runs in which nothing is wrong. */
  falseAlarms: string[];
  plants: PlantResult[];
}

/**
 * Tests the checkers themselves: runs in which all is well must pass, and each planted bug must be named by the checker
 * that is there for it, in every run that offers a place for it.
 *
 * @param seeds One run each.
 */
export function selfTest(seeds: readonly number[]): SelfTest {
  const runs = seeds.map(cleanRun);
  const falseAlarms = runs.flatMap((run, index) =>
    checkRun(run).map(({ checker, says }) => `seed ${seeds[index]}, ${checker}: ${says}`),
  );
  return { cleanRuns: runs.length, falseAlarms, plants: plants.map((plant) => resultOf(plant, runs)) };
}

function resultOf({ says, caughtBy, into }: Plant, runs: readonly Run[]): PlantResult {
  const sentences = runs.flatMap((run) => {
    const planted = into(run);
    if (!planted) return [];
    return [checkRun(planted).find(({ checker }) => checker === caughtBy)?.says ?? null];
  });
  const sentence = sentences.includes(null) ? null : (sentences[0] ?? null);
  return { says, caughtBy, sentence, planted: sentences.length };
}
