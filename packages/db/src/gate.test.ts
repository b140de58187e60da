import type { DeviceId, MemberId, PlaceId, TenantId } from "@tessera/contracts";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gate, openGate } from "./gate.ts";
import { openTenants } from "./rooms.ts";
import { builders, embeddedForTest, hashOf, scopeOf, type TestDatabase } from "./testing.ts";

const NOON = new Date("2026-11-26T12:00:00Z");
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);
const ALL = ["redeem", "undo", "offline"] as const;
const because = "a test";

describe("the gate and the rooms of machines", () => {
  let database: TestDatabase;
  let gate: Gate;
  let tenantId: TenantId;
  let rooms: TenantRooms;
  let others: TenantRooms;
  let by: MemberId;
  let news = 0;

  beforeAll(async () => {
    database = await embeddedForTest();
    gate = openGate(database, () => news++);
    const build = builders(database);
    tenantId = await build.tenant({ slug: "one", name: "One" });
    by = await build.member(tenantId, { name: "Staff", role: "staff" });
    const other = await build.tenant({ slug: "two", name: "Two" });
    const open = openTenants(database, {
      signing: { publicKeyOf: () => Promise.reject(new Error("none")) },
      onChange: () => news++,
    });
    rooms = open(scopeOf(tenantId));
    others = open(scopeOf(other));
  });
  afterAll(() => database?.close());

  const sql = async (text: string, values: unknown[] = []) =>
    (await database.hot.query<Record<string, unknown>>(text, values)).rows;
  /** What the journal will say of something, in order. */
  const toldOf = async (id: string) =>
    sql("SELECT type, actor_id AS by, payload FROM outbox WHERE entity_id = $1 ORDER BY id", [id]);

  let names = 0;
  async function asked(at = NOON) {
    const name = `kiosk ${names++}`;
    const [deviceCodeHash, userCodeHash] = [hashOf(`secret of ${name}`), hashOf(`code of ${name}`)];
    const wait = { intervalSeconds: 5, askedAt: at, expiresAt: new Date(at.getTime() + 600_000) };
    await gate.ask({ deviceCodeHash, userCodeHash, browser: "Chrome on Android", ...wait });
    const poll = (seconds: number, token = name) => gate.poll(deviceCodeHash, hashOf(token), after(seconds));
    return { name, userCodeHash, poll };
  }
  async function paired() {
    const { name, userCodeHash, poll } = await asked();
    await rooms.pairingRequests.approve(userCodeHash, { name, scopes: [...ALL] }, by, after(1));
    const answer = await poll(5);
    if (answer.kind !== "paired") throw new Error(answer.kind);
    return { id: answer.device.deviceId, name, token: hashOf(name) };
  }

  describe("a kiosk that asks to become a desk", () => {
    it("waits, is slowed down when it asks too often, and becomes the desk that staff approve", async () => {
      const { userCodeHash, poll } = await asked();
      expect(await poll(0)).toEqual({ kind: "pending", intervalSeconds: 5 });
      expect(await poll(2)).toEqual({ kind: "slow_down", intervalSeconds: 10 });
      expect(await poll(12)).toEqual({ kind: "pending", intervalSeconds: 10 });
      expect(await rooms.pairingRequests.find(userCodeHash, after(13))).toEqual({
        kind: "waiting",
        browser: "Chrome on Android",
        askedAt: NOON.toISOString(),
        expiresAt: after(600).toISOString(),
      });
      expect(
        await rooms.pairingRequests.approve(userCodeHash, { name: "Door", scopes: ["redeem"] }, by, after(14)),
      ).toBe(true);
      const answer = await poll(22, "the token");
      expect(answer).toMatchObject({ kind: "paired", device: { name: "Door", tenant: { id: tenantId, name: "One" } } });
      const known = await gate.device(hashOf("the token"));
      expect(known).toMatchObject({ name: "Door", scopes: ["redeem"], standing: "working" });
      expect(await toldOf(known?.deviceId ?? "")).toEqual([
        { type: "device.paired", by, payload: { name: "Door", scopes: ["redeem"] } },
      ]);
    });

    it("gets one token, however many polls come at once", async () => {
      const { userCodeHash, poll } = await asked();
      await rooms.pairingRequests.approve(userCodeHash, { name: "Once", scopes: [] }, by, after(1));
      const answers = await Promise.all(["a", "b", "c"].map((token) => poll(5, token)));
      expect(answers.map(({ kind }) => kind).toSorted()).toEqual(["expired", "expired", "paired"]);
      expect(await sql("SELECT count(*)::int AS n FROM devices WHERE name = 'Once'")).toEqual([{ n: 1 }]);
    });

    it("hears no, and that it is too late", async () => {
      const { userCodeHash, poll } = await asked();
      expect(await rooms.pairingRequests.deny(userCodeHash, by, after(1))).toBe(true);
      expect(await poll(5)).toEqual({ kind: "denied" });
      expect(await (await asked()).poll(600)).toEqual({ kind: "expired" });
      expect(await gate.poll(hashOf("nobody"), hashOf("x"), NOON)).toEqual({ kind: "expired" });
    });

    it("is nobody's any more for who comes second or late, in any tenant", async () => {
      const { userCodeHash } = await asked();
      await others.pairingRequests.approve(userCodeHash, { name: "Theirs", scopes: [] }, by, after(1));
      const late = { kind: "refused", because: "unknown_user_code" };
      expect(await rooms.pairingRequests.find(userCodeHash, after(2))).toEqual(late);
      expect(await rooms.pairingRequests.approve(userCodeHash, { name: "Ours", scopes: [] }, by, after(2))).toBe(false);
      expect(await rooms.pairingRequests.deny(userCodeHash, by, after(2))).toBe(false);
      expect(await rooms.pairingRequests.find((await asked()).userCodeHash, after(601))).toEqual(late);
    });

    it("is forgotten an hour after its time", async () => {
      const { userCodeHash } = await asked();
      await asked(after(600 + 3_601));
      expect(await sql("SELECT 1 FROM device_requests WHERE user_code_hash = $1", [Buffer.from(userCodeHash)])).toEqual(
        [],
      );
    });
  });

  describe("a desk", () => {
    const act = (deviceId: DeviceId, what: Parameters<TenantRooms["desks"]["act"]>[0]["act"]) =>
      rooms.desks.act({ deviceId, act: what, because }, by);

    it("is locked, unlocked, blocked and let in again, each with its news and the reason", async () => {
      const { id, token } = await paired();
      expect(await act(id, "lock")).toMatchObject({ kind: "done", desk: { state: "locked", because } });
      expect(await gate.device(token)).toMatchObject({ standing: "locked" });
      expect(await act(id, "lock")).toEqual({ kind: "left_alone", because: "not_possible" });
      await act(id, "unlock");
      await act(id, "block");
      expect(await gate.device(token)).toBeNull();
      expect(await gate.standingOf(token)).toEqual({
        state: "blocked",
        isBlocked: true,
        because: null,
        scopes: [...ALL],
      });
      await act(id, "unblock");
      expect(await gate.device(token)).toMatchObject({ standing: "working" });
      expect((await toldOf(id)).slice(1)).toEqual(
        ["device.locked", "device.unlocked", "device.blocked", "device.unblocked"].map((type) => ({
          type,
          by,
          payload: { because },
        })),
      );
    });

    it("forgets when it was asked to, and is a stranger for ever", async () => {
      const { id, token } = await paired();
      expect(await gate.wiped(token)).toBe(false);
      await act(id, "wipe");
      expect(await gate.device(token)).toMatchObject({ standing: "wiping" });
      await act(id, "keep");
      await act(id, "wipe");
      expect(await gate.wiped(token)).toBe(true);
      expect(await gate.wiped(token)).toBe(false);
      expect(await gate.device(token)).toBeNull();
      expect(await gate.standingOf(token)).toMatchObject({ state: "wiped", because: null });
      expect(await act(id, "unblock")).toEqual({ kind: "left_alone", because: "not_possible" });
      expect((await toldOf(id)).map(({ type }) => type).slice(-4)).toEqual([
        "device.wipe_asked",
        "device.wipe_called_off",
        "device.wipe_asked",
        "device.wiped",
      ]);
    });

    it("is told to forget also while it is blocked", async () => {
      const { id, token } = await paired();
      await act(id, "block");
      await act(id, "wipe");
      expect(await gate.standingOf(token)).toMatchObject({ state: "wiping", isBlocked: true });
      expect(await gate.device(token)).toBeNull();
    });

    it("gets another name and other rights", async () => {
      const { id, token } = await paired();
      await rooms.desks.change({ deviceId: id, name: "Shelf", scopes: ["undo"] }, by);
      expect(await gate.device(token)).toMatchObject({ name: "Shelf", scopes: ["undo"] });
      expect((await toldOf(id)).at(-1)).toMatchObject({
        type: "device.changed",
        payload: { name: "Shelf", scopes: ["undo"] },
      });
    });

    it("was last seen when it came, to the minute", async () => {
      const { id, token } = await paired();
      const seen = async () => (await rooms.desks.list()).find(({ deviceId }) => deviceId === id)?.lastSeenAt;
      expect(await seen()).toBeNull();
      await gate.device(token);
      const first = await seen();
      await gate.device(token);
      expect(await seen()).toBe(first);
      await sql("UPDATE devices SET last_seen_at = last_seen_at - interval '2 minutes' WHERE id = $1", [id]);
      await gate.device(token);
      expect(Date.parse((await seen()) ?? "")).toBeGreaterThanOrEqual(Date.parse(first ?? ""));
    });

    it("does not exist for another tenant", async () => {
      const { id, token } = await paired();
      const left = { kind: "left_alone", because: "not_found" };
      expect(await others.desks.act({ deviceId: id, act: "block", because }, by)).toEqual(left);
      expect(await others.desks.change({ deviceId: id, name: "x", scopes: [] }, by)).toEqual(left);
      expect((await others.desks.list()).map(({ deviceId }) => deviceId)).not.toContain(id);
      expect(await gate.device(token)).not.toBeNull();
    });

    it("says nothing of a reason that was given before, when an operator blocks it by hand", async () => {
      const { id } = await paired();
      await act(id, "lock");
      await sql("UPDATE devices SET blocked_at = CURRENT_TIMESTAMP WHERE id = $1", [id]);
      const listed = (await rooms.desks.list()).find(({ deviceId }) => deviceId === id);
      expect(listed).toMatchObject({ state: "blocked", because: null });
      expect((await toldOf(id)).at(-1)).toEqual({ type: "device.blocked", by: null, payload: {} });
    });
  });

  describe("a key", () => {
    let keys = 0;
    async function made(expiresAt: Date | null = null) {
      const name = `key ${keys++}`;
      const key = await rooms.apiKeys.create(
        { name, scopes: ["audit:read"], expiresAt },
        { hash: hashOf(name), prefix: "tsk_ABCDEF" },
        by,
      );
      return { key, name };
    }

    it("is known until it is revoked, and notes when it was used", async () => {
      const { key, name } = await made();
      expect(key).toMatchObject({ name, scopes: ["audit:read"], lastUsedAt: null, revokedAt: null });
      expect(await gate.apiKey(hashOf(name))).toMatchObject({
        keyId: key.id,
        scopes: ["audit:read"],
        tenant: { id: tenantId },
      });
      expect((await rooms.apiKeys.list())[0]?.lastUsedAt).not.toBeNull();
      expect(await rooms.apiKeys.revoke(key.id, by)).toMatchObject({ revokedAt: expect.any(String) });
      expect(await gate.apiKey(hashOf(name))).toBeNull();
      expect(await rooms.apiKeys.revoke(key.id, by)).toBeNull();
      expect((await toldOf(key.id)).map(({ type, by: who }) => [type, who])).toEqual([
        ["api_key.created", by],
        ["api_key.revoked", by],
      ]);
    });

    it("is known by its old token for as long as was said after a rotation, and no longer", async () => {
      const { key, name } = await made();
      await rooms.apiKeys.rotate(
        key.id,
        { hash: hashOf("newer"), prefix: "tsk_NEWERX" },
        new Date(Date.now() + 60_000),
        by,
      );
      expect(await gate.apiKey(hashOf(name))).toMatchObject({ keyId: key.id });
      expect((await gate.apiKey(hashOf(name)))?.endsAt).toBeInstanceOf(Date);
      expect(await gate.apiKey(hashOf("newer"))).toMatchObject({ keyId: key.id, endsAt: null });
      await rooms.apiKeys.rotate(key.id, { hash: hashOf("newest"), prefix: "tsk_NEWEST" }, null, by);
      for (const gone of [name, "newer"]) expect(await gate.apiKey(hashOf(gone))).toBeNull();
      expect(await gate.apiKey(hashOf("newest"))).toMatchObject({ keyId: key.id });
    });

    it("ends by itself", async () => {
      const { key, name } = await made(new Date(Date.now() - 1));
      expect(await gate.apiKey(hashOf(name))).toBeNull();
      expect(await rooms.apiKeys.rotate(key.id, { hash: hashOf("y"), prefix: "y" }, null, by)).toBeNull();
    });

    it("does not exist for another tenant", async () => {
      const { key, name } = await made();
      expect(await others.apiKeys.list()).toEqual([]);
      expect(await others.apiKeys.revoke(key.id, by)).toBeNull();
      expect(await others.apiKeys.rotate(key.id, { hash: hashOf("z"), prefix: "z" }, null, by)).toBeNull();
      expect(await gate.apiKey(hashOf(name))).not.toBeNull();
    });
  });

  describe("a guest", () => {
    let labels = 0;
    async function place(name: string) {
      const key = `${labels++}`.padStart(17, "0");
      const created = await rooms.places.create(
        { parentId: null, kind: "room", name, hours: null },
        { key, signs: ["owl", "anchor"] },
        by,
      );
      if (created.kind !== "done") throw new Error(created.because);
      return { placeId: created.place.id, key };
    }
    async function entered(placeId: PlaceId, token: string) {
      const guest = await rooms.visits.enter(placeId, { tokenHash: hashOf(token), language: "de" });
      if ("kind" in guest) throw new Error(guest.because);
      return guest;
    }

    it("is known at one place for four hours after they were last seen, or until they go", async () => {
      const { placeId } = await place("Room 12");
      const { guestId: id, visit } = await entered(placeId, "guest");
      expect(await gate.guest(hashOf("guest"))).toEqual({
        guestId: id,
        name: "Guest",
        placeId,
        visitId: visit.id,
        tenant: { id: tenantId, name: "One" },
      });
      expect(await rooms.visits.leave(id)).toBe(true);
      expect(await rooms.visits.leave(id)).toBe(false);
      expect(await gate.guest(hashOf("guest"))).toBeNull();
      expect(await gate.resumeGuest(hashOf("guest"))).toEqual({ kind: "over", because: "left" });
      expect((await toldOf(id)).map(({ type }) => type)).toEqual(["guest.opened", "guest.ended"]);

      const { guestId: idler } = await entered(placeId, "idle");
      await sql("UPDATE guest_sessions SET last_seen_at = last_seen_at - interval '241 minutes' WHERE id = $1", [
        idler,
      ]);
      expect(await gate.guest(hashOf("idle"))).toBeNull();
      expect(await others.visits.leave(idler)).toBe(false);
    });

    it("who slept longer is here again when their page asks, as long as the visit goes on", async () => {
      const { placeId } = await place("Room 13");
      const { guestId, visit } = await entered(placeId, "sleeper");
      await sql("UPDATE guest_sessions SET last_seen_at = last_seen_at - interval '30 hours' WHERE id = $1", [guestId]);
      expect(await gate.resumeGuest(hashOf("sleeper"))).toMatchObject({
        kind: "here",
        guest: { guestId, place: { name: "Room 13" }, signs: [{ word: "owl" }, { word: "anchor" }], language: "de" },
      });
      expect(await gate.guest(hashOf("sleeper"))).not.toBeNull();
      await rooms.visits.close(visit.id, by);
      expect(await gate.guest(hashOf("sleeper"))).toBeNull();
      expect(await gate.resumeGuest(hashOf("sleeper"))).toEqual({ kind: "over", because: "visit_ended" });
      expect(await gate.resumeGuest(hashOf("nobody"))).toEqual({ kind: "over", because: "unknown_label" });
    });

    it("begins another visit with the same label when the one before has ended", async () => {
      const { placeId, key } = await place("Room 14");
      const first = await entered(placeId, "first of 14");
      const beside = await entered(placeId, "beside of 14");
      expect(beside.visit).toEqual(first.visit);
      await rooms.visits.close(first.visit.id, by);
      expect((await entered(placeId, "second of 14")).visit.id).not.toBe(first.visit.id);
      expect(await gate.label(key)).toMatchObject({ place: { id: placeId, name: "Room 14" }, isRetired: false });
      expect((await toldOf(first.visit.id)).map(({ type, by: who }) => [type, who])).toEqual([
        ["visit.opened", null],
        ["visit.ended", by],
      ]);
    });

    it("finds the hours of the nearest zone, and no place that is in use no more", async () => {
      const hours = [{ days: [1, 2], from: "08:00", to: "20:00" }];
      const label = { key: `${"0".repeat(16)}Z`, signs: ["fox", "bee"] as [string, string] };
      const zone = await rooms.places.create({ parentId: null, kind: "zone", name: "Spa", hours }, label, by);
      if (zone.kind !== "done") throw new Error(zone.because);
      expect(zone.place.label).toBeNull();
      const cabin = { parentId: zone.place.id, kind: "cabin" as const, name: "Cabin 1", hours: null };
      const made = await rooms.places.create(cabin, label, by);
      if (made.kind !== "done") throw new Error(made.because);
      expect(await gate.label(label.key)).toMatchObject({ hours, tenant: { timeZone: "UTC" } });
      expect(await rooms.places.retire({ placeId: zone.place.id }, by)).toEqual({
        kind: "refused",
        because: "has_places",
      });
      const guest = await entered(made.place.id, "of the cabin");
      expect(await rooms.places.retire({ placeId: made.place.id }, by)).toEqual({ kind: "done" });
      expect(await gate.label(label.key)).toMatchObject({ isRetired: true });
      expect(await gate.resumeGuest(hashOf("of the cabin"))).toEqual({ kind: "over", because: "visit_ended" });
      expect(await rooms.visits.enter(made.place.id, { tokenHash: hashOf("late"), language: "en" })).toEqual({
        kind: "refused",
        because: "retired_label",
      });
      expect((await rooms.visits.list()).find(({ id }) => id === guest.visit.id)?.endedAt).not.toBeNull();
      expect(await others.places.list()).toEqual([]);
    });
  });

  it("finds out whose a token is with one statement", async () => {
    const { token } = await paired();
    const asked: unknown[] = [];
    const counting = {
      ...database,
      hot: {
        query: (statement: { name: string }) => {
          asked.push(statement.name);
          return database.hot.query(statement as never);
        },
      },
      prisma: null,
    } as unknown as TestDatabase;
    const counted = openGate(counting, () => {});
    for (const look of [counted.device, counted.apiKey, counted.guest]) await look(token);
    expect(asked).toEqual(["known_device", "known_api_key", "known_guest"]);
  });
});
