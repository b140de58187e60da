import { randomUUID } from "node:crypto";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patchFunction } from "./src/failpoints/patched-function.ts";
import { GATE, openSqlBench, type SqlBench } from "./src/mutants/sql-bench.ts";
import { trialTenant } from "./src/mutants/trial-tenant.ts";

const BEFORE_WRITING = "    IF t_n IS NOT NULL THEN\n      -- 3 The thing goes out or comes back";
const REDEEM = "SELECT n, outcome, reason, replayed FROM redeem_codes($1, $2, $3, $3, $4, $5, $6, $7, $8) ORDER BY n";

describeWith(postgres, "a scan of a thing that is out, in a call with others, whose twin is refused meanwhile", () => {
  let bench: SqlBench;
  beforeAll(async () => {
    bench = await openSqlBench(postgres.available ? postgres.url : "");
  });
  afterAll(() => bench?.close());

  it("hears the answer of its twin", async () => {
    const tenant = await trialTenant(bench.ask);
    const [out, free] = [await tenant.thing(), await tenant.thing()];
    await tenant.redeem(bench.product, await tenant.code(out));
    const [late, good] = [await tenant.code(out), await tenant.code(free)];
    const [scan, first] = [randomUUID(), randomUUID()];
    const call = (scans: string[], lookups: Uint8Array[]) => {
      const each = <T>(value: T) => scans.map(() => value);
      const values = [tenant.id, scans, lookups, each("camera"), each(null), each(tenant.desk), each(null), each(null)];
      return bench.product.query(REDEEM, values).then(({ rows }) => rows);
    };

    const restore = await patchFunction(bench.ask, "redeem_codes", {
      find: BEFORE_WRITING,
      replace: `    ${GATE}\n${BEFORE_WRITING}`,
    });
    const gate = await bench.closeGate(first);
    const held = call([first, scan], [good.lookup, late.lookup]);
    await bench.untilWaiting(1, held);
    const refused = { outcome: "refused", reason: "resource_unavailable" };
    const twin = await call([randomUUID(), scan], [Buffer.alloc(32), late.lookup]);
    await gate.open();

    expect(twin[1]).toMatchObject({ ...refused, replayed: false });
    expect(await held).toMatchObject([{ outcome: "redeemed" }, { ...refused, replayed: true }]);
    await restore();
  });
});
