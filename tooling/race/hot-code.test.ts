import { describeWithAll, redis } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkRun } from "./src/checkers/check-run.ts";
import { hotCode } from "./src/measure/hot-code.ts";
import { ownPostgres } from "./src/world/own-postgres.ts";
import { openWorld, type World } from "./src/world/world.ts";

const SCANS = 1_000;

// The control, which lets a code through more than once, is in one-code.test.ts.
describeWithAll([await ownPostgres(), redis], "one code, four API processes, a thousand scans at once", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ isPlain: true });
  });
  afterAll(() => world?.close());

  it("redeems it exactly once, tells the other 999 that it was used, and the books agree with every answer", async () => {
    const { run, ok, alreadyRedeemed, others, wallMs, processes, latency } = await hotCode(world, SCANS);
    console.log(`${SCANS} scans of one code over ${processes} processes: ${wallMs} ms`, latency);

    expect(others).toEqual([]);
    expect([ok, alreadyRedeemed]).toEqual([1, SCANS - 1]);
    expect(checkRun(run)).toEqual([]);
  }, 300_000);
});
