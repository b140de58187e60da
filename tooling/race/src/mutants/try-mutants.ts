import type { Mutant } from "./mutant.ts";
import type { MutantResult } from "./mutant-result.ts";
import { openSqlBench, type SqlBench } from "./sql-bench.ts";
import { tryKioskMutant } from "./try-kiosk-mutant.ts";
import { tryServerMutant } from "./try-server-mutant.ts";
import { trySqlMutant } from "./try-sql-mutant.ts";

/**
 * Tries mutants of every layer, one after the other. One that cannot be tried counts as alive: it would prove nothing.
 *
 * @param adminUrl Of a PostgreSQL superuser who may make databases.
 * @param onResult Told of each as it ends.
 */
export async function tryMutants(
  mutants: readonly Mutant[],
  adminUrl: string,
  onResult: (result: MutantResult) => void,
): Promise<MutantResult[]> {
  const results: MutantResult[] = [];
  const bench = await openSqlBench(adminUrl);
  try {
    for (const mutant of mutants) {
      const result = await tryOne(bench, mutant).catch((error) => untried(mutant, error));
      results.push(result);
      onResult(result);
    }
  } finally {
    await bench.close();
  }
  return results;
}

function tryOne(bench: SqlBench, mutant: Mutant): Promise<MutantResult> {
  switch (mutant.planted.layer) {
    case "sql":
      return trySqlMutant(bench, mutant);
    case "server":
      return tryServerMutant(bench, mutant);
    case "kiosk":
      return tryKioskMutant(mutant);
  }
}

function untried({ id, says, runsUnder, caughtBy }: Mutant, error: unknown): MutantResult {
  const why = error instanceof Error ? error.message : String(error);
  return { id, says, runsUnder, caughtBy, sentence: null, falseAlarms: [`it could not be tried: ${why}`] };
}
