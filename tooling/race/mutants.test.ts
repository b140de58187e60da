import { describeWith, describeWithAll, postgres, redis } from "@tessera/vitest/services";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutants } from "./src/mutants/list.ts";
import type { MutantResult } from "./src/mutants/mutant-result.ts";
import { serverTrials } from "./src/mutants/server-trials.ts";
import { openSqlBench, type SqlBench } from "./src/mutants/sql-bench.ts";
import { sqlTrials } from "./src/mutants/sql-trials.ts";
import { tryKioskMutant } from "./src/mutants/try-kiosk-mutant.ts";
import { tryServerMutant } from "./src/mutants/try-server-mutant.ts";
import { trySqlMutant } from "./src/mutants/try-sql-mutant.ts";

const of = (layer: string) => mutants.filter(({ planted }) => planted.layer === layer);

describeWith(postgres, "a bug planted into the database", (service) => {
  let bench: SqlBench;
  beforeAll(async () => {
    bench = await openSqlBench(service.url);
  });
  afterAll(() => bench?.close());

  it.each(of("sql"))("is caught: $id $says", async (mutant) => {
    expectDead(await trySqlMutant(bench, mutant));
  });
});

/** One of the seven stands for them here: `npm run prove` tries all, each with a server of its own. */
describeWithAll([postgres, redis], "a bug planted into the server", () => {
  it.each(of("server").slice(0, 1))("is caught: $id $says", async (mutant) => {
    if (!postgres.available) return;
    const bench = await openSqlBench(postgres.url);
    expectDead(await tryServerMutant(bench, mutant).finally(bench.close));
  });
});

describe("the planted bugs", () => {
  it("are all fourteen of the test programme, each with a story that shows it", () => {
    expect(mutants.map(({ id }) => id)).toEqual(Array.from({ length: 14 }, (_, index) => `M${index + 1}`));
    expect(of("sql").filter(({ id }) => !sqlTrials[id])).toEqual([]);
    expect(of("server").filter(({ id }) => !serverTrials[id])).toEqual([]);
  });
});

describe("a bug planted into the kiosk", () => {
  it.each(of("kiosk"))("is caught: $id $says", async (mutant) => {
    expectDead(await tryKioskMutant(mutant));
  });
});

/** Named under its fault; and neither the product under that fault nor the mutant without it was accused. */
function expectDead({ falseAlarms, sentence }: MutantResult): void {
  expect(falseAlarms).toEqual([]);
  expect(sentence).not.toBeNull();
}
