import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { CannotDecide } from "./cannot-decide.ts";
import { type DeskStore, deskStore, VERSION_1, VERSION_2 } from "./store.ts";
import { codeMaker, deskAt, everyRow, handClock, holding, manifestOf, newScanId, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";

const counted = async (store: DeskStore) =>
  Object.fromEntries(Object.entries(await everyRow(store)).map(([name, rows]) => [name, rows.length]));

/** The disk is full as soon as the outbox is written to. */
const onAFullDisk = (store: DeskStore): DeskStore => ({
  ...store,
  commit: (seen, work) =>
    store.commit(seen, (tables, device) => {
      const full = () => Promise.reject(new Dexie.QuotaExceededError("no room"));
      return work({ ...tables, outbox: Object.create(tables.outbox, { add: { value: full } }) }, device);
    }),
});

describe("a desk's store in trouble", () => {
  it("with no room left is read-only: nothing is shown green, and nothing is half written", async () => {
    const [place, clock] = [freshPlace(), handClock()];
    const code = await codeMaker()({ resource: "Drill" });
    const desk = deskAt(place, clock);
    await holding(desk, await manifestOf([code]));
    const before = await counted(desk.store);

    const full = deskAt(place, clock, onAFullDisk);
    const scan = scanOf(code.offlineId);
    await expect(full.ledger.redeem(scan)).rejects.toMatchObject({ failure: "read_only", why: "store_full" });
    expect(await counted(desk.store)).toEqual(before);
    expect((await desk.store.device()).seq).toBe(0);
    expect(await desk.ledger.redeem(scan)).toMatchObject({ kind: "redeemed", replayed: false });
  });

  it("in a browser that has none is unavailable, at every turn, and not for ever", async () => {
    const { ledger, store } = deskAt({}, handClock());
    const scan = scanOf(new Uint8Array(32));
    await expect(ledger.redeem(scan)).rejects.toMatchObject({ failure: "unavailable", why: "no_store" });
    await expect(ledger.answerOf(scan)).rejects.toBeInstanceOf(CannotDecide);
    await expect(store.write(async () => ({}))).rejects.toMatchObject({ why: "no_store" });
  });

  it("that a newer app has taken over is unavailable, and its rows are left alone", async () => {
    const place = freshPlace();
    const newer = new Dexie("desk", place);
    newer.version(7).stores({ ...VERSION_1, ...VERSION_2, elsewhere: "id" });
    await newer.open();
    newer.close();
    const store = deskStore("desk", place);
    await expect(store.device()).rejects.toMatchObject({ failure: "unavailable", why: "no_store" });
    await expect(store.device()).rejects.toMatchObject({ why: "no_store" });
    await newer.open();
    expect(await newer.table("device").count()).toBe(0);
    newer.close();
  });

  it("that an older window holds open is unavailable at once, and used as soon as that one lets go", async () => {
    const place = { indexedDB: new IDBFactory(), IDBKeyRange };
    const older = await new Promise<IDBDatabase>((resolve) => {
      const asked = place.indexedDB.open("desk", 1);
      asked.onsuccess = () => resolve(asked.result as unknown as IDBDatabase);
    });
    const store = deskStore("desk", place);
    await expect(store.device()).rejects.toMatchObject({ failure: "unavailable", why: "no_store" });
    older.close();
    await expect
      .poll(() =>
        store.device().then(
          ({ version }) => version,
          () => null,
        ),
      )
      .toBe(0);
  });

  it("says so of trouble that is the store's only: a fault of ours is not called a full disk", async () => {
    const store = deskStore("desk", freshPlace());
    const fault = () => Promise.reject(new TypeError("ours"));
    await expect(store.write(fault)).rejects.toBeInstanceOf(TypeError);
  });
});

describe("a desk's store", () => {
  it("writes all or nothing, and counts its writes", async () => {
    const store = deskStore("desk", freshPlace());
    const row = { scanId: newScanId(), tag: null, at: 0 };
    const broken = store.write(async ({ sent }) => {
      await sent.put(row);
      throw new TypeError("half way");
    });
    await expect(broken).rejects.toThrow("half way");
    expect(await counted(store)).toMatchObject({ sent: 0, device: 1 });

    const seen = await store.device();
    expect(await store.commit(seen, async ({ sent }) => (await sent.put(row)) && {})).toBe(true);
    expect(await store.commit(seen, async ({ sent }) => (await sent.clear()) ?? {})).toBe(false);
    expect(await counted(store)).toMatchObject({ sent: 1 });
    expect((await store.device()).version).toBe(seen.version + 1);
  });

  it("that was emptied begins a new story, with a new key", async () => {
    const place = freshPlace();
    const store = deskStore("desk", place);
    const { key } = await store.device();
    await store.write(async (tables) => {
      await tables.device.clear();
      return null;
    });
    const fresh = await store.device();
    expect([fresh.seq, fresh.version]).toEqual([0, 0]);
    expect(fresh.key).not.toBe(key);
  });
});
