import type { MemberId, ResourceId } from "@tessera/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { embeddedForTest, serverDatabaseForTest, type TestDatabase } from "../testing.ts";
import { type ShelfForTest, shelfForTest, TOLD_OF } from "../testing-shelf.ts";
import { settleDueClaims } from "./claims.ts";

const SERVER = process.env.TEST_DATABASE_URL;
const databases: Array<[string, () => Promise<TestDatabase>]> = [["on the embedded database", embeddedForTest]];
if (SERVER) databases.push(["on a real PostgreSQL", () => serverDatabaseForTest(SERVER)]);

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

describe.each(databases)("reservations and queues %s", (_on, open) => {
  let database: TestDatabase;
  let shelf: ShelfForTest;
  let drill: ResourceId;
  let [ann, ben, cleo] = [] as unknown as [MemberId, MemberId, MemberId];

  beforeAll(async () => {
    database = await open();
    await database.asSuperuser(TOLD_OF);
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    shelf = await shelfForTest(database);
    drill = await shelf.thing("Drill");
    [ann, ben, cleo] = [await shelf.member("Ann"), await shelf.member("Ben"), await shelf.member("Cleo")];
  });

  const join = (who: MemberId) => shelf.rooms.queue.join(drill, who, new Date());
  const placeOf = async (who: MemberId) => (await shelf.rooms.queue.of(who))[0] ?? null;
  const reserve = (who: MemberId, from: Date, until: Date) => {
    const wish = { resourceId: drill, from: from.toISOString(), until: until.toISOString() };
    return shelf.rooms.reservations.reserve(wish, who, new Date());
  };
  const stateOf = async () => (await shelf.rooms.resources.get(drill))?.availability;

  it("lets one reservation begin when another ends, and none overlap", async () => {
    const [nine, twelve, fifteen] = [inHours(24), inHours(27), inHours(30)];
    expect((await reserve(ann, nine, twelve)).kind).toBe("reserved");
    expect((await reserve(ben, twelve, fifteen)).kind).toBe("reserved");
    expect(await reserve(cleo, inHours(26), inHours(28))).toEqual({
      kind: "refused",
      refusal: { reason: "slot_taken", evidence: { from: nine.toISOString(), until: twelve.toISOString() } },
    });
    const [mine] = await shelf.rooms.reservations.of(ann);
    if (!mine) throw new Error("Ann has reserved");
    const by = (memberId: MemberId) => ({ memberId, isStaff: false });
    expect(await shelf.rooms.reservations.cancel(mine.id, by(ben))).toMatchObject({ refusal: { reason: "not_yours" } });
    expect(await shelf.rooms.reservations.cancel(mine.id, by(ann))).toEqual({ kind: "done" });
    expect(await shelf.rooms.reservations.cancel(mine.id, by(ann))).toMatchObject({ refusal: { reason: "not_found" } });
    expect((await reserve(cleo, inHours(25), inHours(26))).kind).toBe("reserved");
  });

  it("reserves no time for which the thing is lent out", async () => {
    await shelf.scanned(ann, drill);
    expect(await reserve(ben, inHours(1), inHours(3))).toMatchObject({ refusal: { reason: "slot_taken" } });
    expect((await reserve(ben, inHours(25), inHours(27))).kind).toBe("reserved");
  });

  it("gives a thing to nobody for longer than until another has reserved it", async () => {
    await reserve(ann, inHours(2), inHours(4));
    expect(await shelf.scanned(ben, drill)).toMatchObject({ kind: "refused", refusal: { reason: "queue_ahead" } });
    expect(await shelf.scanned(ann, drill)).toMatchObject({ kind: "redeemed" });
    expect(await shelf.told("reservation.ended")).toMatchObject([{ holderId: ann, as: "taken" }]);
    expect(await shelf.rooms.reservations.of(ann)).toEqual([]);
  });

  it("lets nobody wait for what is there, or for what they have", async () => {
    expect(await join(ann)).toMatchObject({ refusal: { reason: "is_free" } });
    await shelf.scanned(ann, drill);
    expect(await join(ann)).toMatchObject({ refusal: { reason: "is_yours" } });
  });

  it("keeps a thing that came back for who waited longest, and for nobody else", async () => {
    await shelf.scanned(ann, drill);
    expect(await join(ben)).toMatchObject({ kind: "waiting", place: { place: 1, heldUntil: null } });
    expect(await join(cleo)).toMatchObject({ place: { place: 2 } });
    expect(await join(ben)).toMatchObject({ place: { place: 1 } });

    await shelf.scanned(ann, drill, "check_in");
    expect(await placeOf(ben)).toMatchObject({ place: 1, heldUntil: expect.any(String) });
    expect(await placeOf(cleo)).toMatchObject({ place: 2, heldUntil: null });
    expect(await stateOf()).toMatchObject({ state: "held" });
    expect(await shelf.told("resource.kept")).toMatchObject([{ resourceVersion: 3 }]);

    const { heldUntil: until } = (await placeOf(ben)) ?? {};
    const evidence = { resource: "Drill", until, place: null };
    expect(await shelf.scanned(cleo, drill)).toMatchObject({ refusal: { reason: "queue_ahead", evidence } });
    expect((await shelf.scanned(ben, drill)).kind).toBe("redeemed");
    expect(await placeOf(ben)).toBeNull();
    expect(await placeOf(cleo)).toMatchObject({ place: 1, heldUntil: null });
    expect(await shelf.told("queue.left")).toMatchObject([{ holderId: ben, as: "taken" }]);
  });

  it("passes what nobody fetched to the next when its time is over, and at last to everybody", async () => {
    await shelf.scanned(ann, drill);
    await join(ben);
    await join(cleo);
    await shelf.scanned(ann, drill, "check_in");

    await settleDueClaims(database, inHours(23));
    expect(await placeOf(ben)).toMatchObject({ heldUntil: expect.any(String) });
    expect(await settleDueClaims(database, inHours(25))).toBeGreaterThan(0);
    expect(await placeOf(ben)).toBeNull();
    expect(await placeOf(cleo)).toMatchObject({ place: 1, heldUntil: expect.any(String) });
    expect(await shelf.told("queue.held")).toMatchObject([{ holderId: ben }, { holderId: cleo }]);

    await settleDueClaims(database, inHours(50));
    expect(await placeOf(cleo)).toBeNull();
    expect(await stateOf()).toMatchObject({ state: "free" });
    expect((await shelf.scanned(ann, drill)).kind).toBe("redeemed");
  });

  it("passes a place that was given up to the next at once", async () => {
    await shelf.scanned(ann, drill);
    await join(ben);
    await join(cleo);
    await shelf.scanned(ann, drill, "check_in");
    expect(await shelf.rooms.queue.leave(drill, ben, new Date())).toEqual({ kind: "done" });
    expect(await placeOf(cleo)).toMatchObject({ place: 1, heldUntil: expect.any(String) });
    expect(await shelf.rooms.queue.leave(drill, ben, new Date())).toMatchObject({ refusal: { reason: "not_waiting" } });
  });

  it("keeps nothing of a thing that is retired: who waited or had reserved is told, and nobody begins to", async () => {
    await shelf.scanned(ann, drill);
    await join(ben);
    await reserve(cleo, inHours(48), inHours(50));
    await shelf.scanned(ann, drill, "check_in");
    expect(await placeOf(ben)).toMatchObject({ heldUntil: expect.any(String) });

    const retired = await shelf.rooms.things.retire({ resourceId: drill, because: "worn out" }, ann);
    expect(retired).toMatchObject({ kind: "done" });
    expect(await placeOf(ben)).toBeNull();
    expect(await shelf.rooms.reservations.of(cleo)).toEqual([]);
    expect(await shelf.told("queue.left")).toMatchObject([{ holderId: ben, as: "retired" }]);
    expect(await shelf.told("reservation.ended")).toMatchObject([{ holderId: cleo, as: "retired" }]);
    expect(await join(ben)).toMatchObject({ refusal: { reason: "not_found" } });
    expect(await reserve(cleo, inHours(48), inHours(50))).toMatchObject({ refusal: { reason: "not_found" } });

    await shelf.rooms.things.bringBack(drill, ann);
    expect((await shelf.scanned(ann, drill)).kind).toBe("redeemed");
  });

  it("keeps nothing for who has left: the next may have it at once", async () => {
    await shelf.scanned(ann, drill);
    await join(ben);
    await join(cleo);
    await reserve(ben, inHours(48), inHours(50));
    await shelf.scanned(ann, drill, "check_in");

    const left = await shelf.rooms.members.remove(ben, { memberId: ann, role: "admin" });
    expect(left).toMatchObject({ kind: "done" });
    expect(await placeOf(cleo)).toMatchObject({ place: 1, heldUntil: expect.any(String) });
    expect(await shelf.told("queue.left")).toMatchObject([{ holderId: ben, as: "left" }]);
    expect(await shelf.told("reservation.ended")).toMatchObject([{ holderId: ben, as: "left" }]);
    expect((await reserve(cleo, inHours(48), inHours(50))).kind).toBe("reserved");
  });

  it("renews nothing that somebody waits for", async () => {
    await shelf.scanned(ann, drill);
    const [loan] = await shelf.rooms.checkouts.of(ann, new Date());
    if (!loan) throw new Error("Ann has the drill");
    expect(loan.renewal).toMatchObject({ kind: "possible" });
    await join(ben);
    const by = { memberId: ann, isStaff: false };
    expect(await shelf.rooms.checkouts.renew(loan.id, by, new Date())).toMatchObject({
      refusal: { reason: "somebody_waits", evidence: { waiting: 1 } },
    });
  });

  it("tells each how the thing stands for them, and names nobody", async () => {
    await shelf.scanned(ann, drill);
    await join(ben);
    await reserve(cleo, inHours(48), inHours(50));
    expect(await shelf.rooms.queue.line(drill, ben, new Date())).toMatchObject({
      waiting: 1,
      mine: { place: 1, heldUntil: null },
      keptUntil: null,
      taken: [{ isMine: false }],
      isReservable: true,
      loanMinutes: 1_440,
      loanId: null,
    });
    expect(await shelf.rooms.queue.line(drill, ann, new Date())).toMatchObject({
      mine: null,
      loanId: expect.any(String),
    });
  });
});
