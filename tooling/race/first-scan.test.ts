import { randomBytes, randomUUID } from "node:crypto";
import type { MemberId, PlaceId, TenantId } from "@tessera/contracts";
import { openTenants } from "@tessera/db";
import { builders, inTenant, scopeOf, serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import type { Visits } from "@tessera/domain/guests/places";
import { labelKey } from "@tessera/domain/qr/label-key";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const PHONES = 20;

describeWith(postgres, "twenty phones that read the label of an empty table at once", ({ url }) => {
  let database: TestDatabase;
  let tenantId: TenantId;
  let by: MemberId;
  let rooms: TenantRooms;

  beforeAll(async () => {
    database = await serverDatabaseForTest(url, PHONES); // a connection for each: the wait is for the row alone
    const build = builders(database);
    tenantId = await build.tenant({ slug: "first-scan", name: "First scan" });
    by = await build.member(tenantId, { name: "Staff", role: "staff" });
    const signing = { publicKeyOf: () => Promise.reject(new Error("none")) };
    rooms = openTenants(database, { signing, onChange: () => {} })(scopeOf(tenantId));
  });
  afterAll(() => database?.close());

  async function table(name: string): Promise<PlaceId> {
    const label = { key: labelKey(randomBytes(10)), signs: ["owl", "bee"] as [string, string] };
    const made = await rooms.places.create({ parentId: null, kind: "table", name, hours: null }, label, by);
    if (made.kind !== "done") throw new Error(made.because);
    return made.place.id;
  }
  const phone = () => ({ tokenHash: randomBytes(32), language: "en" });
  const crowd = (enter: Visits["enter"], placeId: PlaceId) =>
    Promise.allSettled(Array.from({ length: PHONES }, () => enter(placeId, phone())));
  const openAt = (placeId: PlaceId) =>
    inTenant(database, scopeOf(tenantId))((tx) => tx.visit.count({ where: { placeId, endedAt: null } }));

  it("all get in, and share one visit", async () => {
    const placeId = await table("Table 1");
    const entered = await crowd(rooms.visits.enter, placeId);
    const visits = entered.map((one) => one.status === "fulfilled" && "visit" in one.value && one.value.visit.id);
    expect(visits.every(Boolean)).toBe(true);
    expect(new Set(visits).size).toBe(1);
    expect(await openAt(placeId)).toBe(1);
  });

  it("find either the visit that is being ended or the next one, and nobody stays in one that ended", async () => {
    const placeId = await table("Table 2");
    const first = await rooms.visits.open(placeId, by);
    if (first.kind !== "done") throw new Error(first.because);
    await Promise.all([crowd(rooms.visits.enter, placeId), rooms.visits.close(first.visit.id, by)]);
    const left = await inTenant(
      database,
      scopeOf(tenantId),
    )((tx) => tx.guestSession.count({ where: { placeId, endedAt: null, visit: { endedAt: { not: null } } } }));
    expect(left).toBe(0);
  });

  it("open several visits where each looks and then writes, so the two tests above can fail", async () => {
    const placeId = await table("Table 3");
    await database.asSuperuser("DROP INDEX visits_one_open");
    const [everyone, arrived] = meeting(PHONES / 4);
    await Promise.all(
      Array.from({ length: PHONES / 4 }, () =>
        inTenant(
          database,
          scopeOf(tenantId),
        )(async (tx) => {
          const going = await tx.visit.count({ where: { placeId, endedAt: null } });
          arrived();
          await everyone;
          if (going === 0) await tx.visit.createMany({ data: [{ tenantId, id: randomUUID(), placeId }] });
        }),
      ),
    );
    expect(await openAt(placeId)).toBeGreaterThan(1);
  });
});

/** A promise that all have come, and what each of them calls. */
function meeting(of: number): [Promise<void>, () => void] {
  let come = 0;
  let open = () => {};
  const everyone = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [everyone, () => void (++come === of && open())];
}
