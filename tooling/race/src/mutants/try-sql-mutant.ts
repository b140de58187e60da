import { checkRun } from "../checkers/check-run.ts";
import type { Violation } from "../checkers/violation.ts";
import { patchFunction } from "../failpoints/patched-function.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, resultOf } from "./mutant-result.ts";
import type { SqlBench } from "./sql-bench.ts";
import { sqlTrials } from "./sql-trials.ts";

/**
 * Plants one bug into the bench's database, plays its story, and takes it out again.
 *
 * @throws Error When the change does not fit exactly once: then it would prove nothing.
 */
export async function trySqlMutant(bench: SqlBench, mutant: Mutant): Promise<MutantResult> {
  const { planted, id } = mutant;
  const trial = sqlTrials[id];
  if (!trial || planted.layer !== "sql") throw new Error(`mutant ${id} has no trial in SQL`);

  const play = async (isFaulty: boolean): Promise<Violation[]> => checkRun(await trial.play(bench, isFaulty));
  const withFault = async (work: () => Promise<Violation[]>): Promise<Violation[]> => {
    const { faultNeeds } = trial;
    if (!faultNeeds) return work();
    const restore = await patchFunction(bench.ask, faultNeeds.function, faultNeeds);
    return work().finally(restore);
  };
  const withMutant = async (work: () => Promise<Violation[]>): Promise<Violation[]> => {
    const restore = await patchFunction(bench.ask, planted.function, planted);
    try {
      for (const change of planted.also ?? []) await patchFunction(bench.ask, planted.function, change);
      return await withoutBelt(bench, planted.without, work);
    } finally {
      await restore(); // to what it was before the first change
    }
  };

  const product = await withFault(() => play(true));
  const calm = await withMutant(() => play(false));
  const faulted = await withFault(() => withMutant(() => play(true)));
  return resultOf(mutant, { product, calm, faulted });
}

/** @param belt The statement that drops a constraint; it is put back, past the rows that a trial left behind. */
async function withoutBelt<T>({ ask }: SqlBench, belt: string | undefined, work: () => Promise<T>): Promise<T> {
  if (!belt) return work();
  const [, table = "", name = ""] = belt.match(/^ALTER TABLE (\w+) DROP CONSTRAINT (\w+)$/) ?? [];
  const [was] = await ask<{ definition: string }>(
    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND conname = $2",
    [table, name],
  );
  if (!was) throw new Error(`there is no constraint ${name} on ${table}`);
  await ask(belt);
  return work().finally(() => ask(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${was.definition} NOT VALID`));
}
