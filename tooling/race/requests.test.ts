import { randomBytes } from "node:crypto";
import type { GuestId, MakeRequest, MemberId, RequestId, RequestKindId, TenantId, VisitId } from "@tessera/contracts";
import { openTenants } from "@tessera/db";
import { builders, inTenant, scopeOf, serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { labelKey } from "@tessera/domain/qr/label-key";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const NOW = new Date("2026-11-25T12:00:00Z");
const CROWD = 20;

describeWith(postgres, "requests that many make and take at once", ({ url }) => {
  let database: TestDatabase;
  let tenantId: TenantId;
  let staff: MemberId[];
  let rooms: TenantRooms;
  let kindId: RequestKindId;

  beforeAll(async () => {
    database = await serverDatabaseForTest(url, CROWD); // a connection for each: the wait is for the row alone
    const build = builders(database);
    tenantId = await build.tenant({ slug: "requests", name: "Requests", template: "hotel" });
    staff = await Promise.all(
      Array.from({ length: 5 }, (_, n) => build.member(tenantId, { name: `Staff ${n}`, role: "staff" })),
    );
    const signing = { publicKeyOf: () => Promise.reject(new Error("none")) };
    rooms = openTenants(database, { signing, onChange: () => {} })(scopeOf(tenantId));
    const water = (await rooms.requests.kinds(NOW)).find(({ name }) => name === "Something else");
    kindId = water?.id as RequestKindId;
  });
  afterAll(() => database?.close());

  async function guest(name: string): Promise<{ guestId: GuestId; visitId: VisitId }> {
    const label = { key: labelKey(randomBytes(10)), signs: ["owl", "bee"] as [string, string] };
    const made = await rooms.places.create(
      { parentId: null, kind: "room", name, hours: null },
      label,
      staff[0] as MemberId,
    );
    if (made.kind !== "done") throw new Error(made.because);
    const entered = await rooms.visits.enter(made.place.id, { tokenHash: randomBytes(32), language: "en" });
    if ("kind" in entered) throw new Error(entered.because);
    return { guestId: entered.guestId, visitId: entered.visit.id };
  }
  const wanted = (note: string): MakeRequest => ({ kindId, options: {}, quantity: 1, note });
  const together = <T>(of: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: of }, (_, index) => work(index)));

  it("stop at the limit of a session, to the one", async () => {
    const who = await guest("Room 1");
    const outcomes = await together(CROWD, (n) => rooms.requests.make(who, wanted(`${n}`), 10, NOW));
    expect(outcomes.filter(({ kind }) => kind === "done")).toHaveLength(10);
    expect(await rooms.requests.mine(who, NOW)).toHaveLength(10);
  });

  it("are one with a counter when they are equal", async () => {
    const who = await guest("Room 2");
    const outcomes = await together(CROWD, () => rooms.requests.make(who, wanted("towels"), 10, NOW));
    expect(outcomes.filter((one) => one.kind === "done" && !one.merged)).toHaveLength(1);
    expect((await rooms.requests.mine(who, NOW)).map(({ times }) => times)).toEqual([CROWD]);
  });

  async function received(name: string): Promise<RequestId> {
    const outcome = await rooms.requests.make(await guest(name), wanted("please"), 10, NOW);
    if (outcome.kind !== "done") throw new Error(outcome.because);
    return outcome.request.id;
  }

  it("are taken by one of five, and the others hear by whom", async () => {
    const id = await received("Room 3");
    const outcomes = await Promise.all(staff.map((by) => rooms.requests.moveByStaff(id, { act: "accept" }, by, NOW)));
    const winner = outcomes.flatMap((one) => (one.kind === "done" ? [one.request.owner] : []));
    expect(winner).toHaveLength(1);
    const others = outcomes.filter((one) => one.kind === "refused");
    expect(others).toEqual(Array(4).fill({ kind: "refused", because: "taken", by: winner[0], at: NOW.toISOString() }));
  });

  it("would be taken by several where each looks and then writes, so the test above can fail", async () => {
    const id = await received("Room 4");
    let come = 0;
    let open = () => {};
    const everyone = new Promise<void>((resolve) => {
      open = resolve;
    });
    const took = await Promise.all(
      staff.map((ownerId) =>
        inTenant(
          database,
          scopeOf(tenantId),
        )(async (tx) => {
          const row = await tx.request.findFirst({ where: { id, state: "received" } });
          if (++come === staff.length) open();
          await everyone;
          if (row) await tx.request.updateMany({ where: { id }, data: { ownerId, state: "accepted" } });
          return row !== null;
        }),
      ),
    );
    expect(took.filter(Boolean).length).toBeGreaterThan(1);
  });
});
