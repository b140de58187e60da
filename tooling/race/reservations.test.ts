import { serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { type ShelfForTest, shelfForTest } from "@tessera/db/testing-shelf";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const HOUR_MS = 3_600_000;
const TRIES = 20;

describeWith(postgres, "twenty members who reserve one thing at once", () => {
  let database: TestDatabase;
  let shelf: ShelfForTest;
  beforeAll(async () => {
    if (!postgres.available) throw new Error(postgres.reason);
    database = await serverDatabaseForTest(postgres.url);
    shelf = await shelfForTest(database);
  });
  afterAll(() => database?.close());

  /** @returns How many of them got a time that all of them want a part of. */
  async function reservedOfTwenty(name: string): Promise<number> {
    const thing = await shelf.thing(name);
    const members = await Promise.all(Array.from({ length: TRIES }, (_, n) => shelf.member(`${name} ${n}`)));
    const outcomes = await Promise.all(
      members.map((member, n) => {
        const from = new Date(Date.now() + HOUR_MS * (24 + n / TRIES)).toISOString();
        const until = new Date(Date.now() + HOUR_MS * (26 + n / TRIES)).toISOString();
        return shelf.rooms.reservations.reserve({ resourceId: thing, from, until }, member, new Date());
      }),
    );
    return outcomes.filter(({ kind }) => kind === "reserved").length;
  }

  it("are served one, whoever was first", async () => {
    for (let round = 0; round < 3; round++) expect(await reservedOfTwenty(`Tent ${round}`)).toBe(1);
  });

  it("are served more without the constraint and with nobody looking, so the test above can fail", async () => {
    const insert = (thing: string, member: string, n: number) =>
      database.asSuperuser(`INSERT INTO reservations (tenant_id, resource_id, holder_id, from_at, until_at)
        SELECT '${shelf.tenant}', '${thing}', '${member}', now() + interval '${24 * 60 + n} minutes', now() + interval '26 hours'
         WHERE NOT EXISTS (SELECT FROM reservations, pg_sleep(0.05) WHERE resource_id = '${thing}')`);
    await database.asSuperuser("ALTER TABLE reservations DROP CONSTRAINT reservations_apart");
    const thing = await shelf.thing("Canoe");
    const member = await shelf.member("Eager");
    await Promise.all(Array.from({ length: TRIES }, (_, n) => insert(thing, member, n)));
    expect((await shelf.rooms.reservations.of(member)).length).toBeGreaterThan(1);
  });
});
