import type { ScanId } from "@tessera/contracts";
import { serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { ledgerWorld } from "@tessera/db/testing-ledger";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const LOCK = "pg_advisory_xact_lock(hashtextextended(t_holder[1]::text, 7321004))";

describeWith(postgres, "a holder who may have three things, at twenty desks at once", () => {
  let database: TestDatabase;
  let world: Awaited<ReturnType<typeof ledgerWorld>>;
  beforeAll(async () => {
    if (!postgres.available) throw new Error(postgres.reason);
    database = await serverDatabaseForTest(postgres.url);
    world = await ledgerWorld(database);
  });
  afterAll(() => world?.close());

  /** @returns How many things went out, of twenty new ones. */
  async function takenOfTwenty(name: string): Promise<number> {
    const has = await openNow();
    const seeds = Array.from({ length: 20 }, (_, n) => ({ resource: `${name} ${n}`, loanLimit: has + 3 }));
    const lookups = await Promise.all(seeds.map(world.addCode));
    const scanned = lookups.map((lookup) =>
      world.ledger.redeem({
        scanId: crypto.randomUUID() as ScanId,
        lookup,
        fingerprint: lookup,
        source: "camera",
        by: { deviceId: world.desk, memberId: null },
      }),
    );
    return (await Promise.all(scanned)).filter(({ kind }) => kind === "redeemed").length;
  }
  const openNow = async () =>
    (await database.hot.query<{ n: number }>("SELECT open_loans_of_all() AS n")).rows[0]?.n ?? 0;

  beforeAll(() =>
    database.asSuperuser(`CREATE FUNCTION open_loans_of_all() RETURNS int LANGUAGE sql SECURITY DEFINER AS
      'SELECT count(*)::int FROM checkouts WHERE returned_at IS NULL'`),
  );

  it("gets three of them", async () => {
    expect(await takenOfTwenty("Chair")).toBe(3);
  });

  it("gets more where nobody holds the holder while counting, so the test above can fail", async () => {
    await database.asSuperuser(`SELECT edit_function('redeem_codes', ARRAY[['${LOCK}', 'pg_sleep(0.05)']])`);
    expect(await takenOfTwenty("Stool")).toBeGreaterThan(3);
    await database.asSuperuser(`SELECT edit_function('redeem_codes', ARRAY[['pg_sleep(0.05)', '${LOCK}']])`);
    expect(await takenOfTwenty("Bench")).toBe(3);
  });
});
