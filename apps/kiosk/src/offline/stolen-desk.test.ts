import { toBase64url } from "@tessera/domain/qr/base64url";
import { describe, expect, it } from "vitest";
import { ifNobodyElse } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import { sentScans } from "./sent-scans.ts";
import { deskAt, everyRow, handClock, holding, MEMBER, newScanId, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { serverModel } from "./testing-server.ts";

const THINGS = ["Cordless drill", "Long ladder", "Tile cutter", "Bench vice"];

/** A desk in the middle of its day: codes held, one accepted and waiting, one refused, one handed in, one sent. */
async function busyDesk() {
  const clock = handClock();
  const server = serverModel(clock);
  const shown = await Promise.all(THINGS.map((resource) => server.addCode({ resource })));
  const desk = deskAt(freshPlace(), clock);
  await holding(desk, await server.manifest());
  const offlineIds = shown.map(({ code }) => code.offlineId);
  const accept = (index: number) => desk.ledger.redeem(scanOf(offlineIds[index] ?? new Uint8Array()));

  await accept(0);
  const tools = { store: desk.store, clock: clock.now, lead: ifNobodyElse(), isTurnedAway: () => false };
  await outbox({ ...tools, chance: () => 1 }).handInAll(server.send);
  await accept(1);
  await accept(1);
  await sentScans(desk.store, clock.now).add(newScanId(), offlineIds[2] ?? null);
  return { ...server, desk, shown, offlineIds };
}

/** Everything a thief can read, as one text; bytes in every spelling they may have. */
async function loot(store: Parameters<typeof everyRow>[0]): Promise<string> {
  return JSON.stringify(await everyRow(store), (_, value) =>
    value instanceof Uint8Array || value instanceof ArrayBuffer ? Array.from(new Uint8Array(value)) : value,
  );
}
const spellings = (bytes: Uint8Array) => [
  toBase64url(bytes),
  bytes.join(","),
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  String.fromCharCode(...bytes),
];

describe("a stolen kiosk", () => {
  it("tells no person, no thing, no code and no offline id, in the middle of its day", async () => {
    const { desk, shown, offlineIds } = await busyDesk();
    const everything = await loot(desk.store);
    const secrets = [
      MEMBER.name,
      MEMBER.id,
      ...THINGS,
      ...shown.flatMap(({ text, code }) => [text, code.id, code.resource.id]),
      ...offlineIds.flatMap(spellings),
    ];
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);

    const rows = await everyRow(desk.store);
    const counts = Object.fromEntries(Object.entries(rows).map(([name, all]) => [name, all.length]));
    expect(counts).toEqual({
      device: 1,
      manifest: 1,
      entries: 4,
      uses: 2,
      things: 2,
      scans: 3,
      outbox: 1,
      history: 1,
      sent: 1,
      flags: 0,
    });
  });

  it("would tell, had they been written down: the search above can fail", async () => {
    const { desk, offlineIds } = await busyDesk();
    const [first] = await desk.store.read(({ outbox }) => outbox.toArray());
    await desk.store.write(async (tables) => {
      await tables.outbox.put({ ...(first ?? neverEmpty()), sealed: `${MEMBER.name} ${offlineIds[1]?.join(",")}` });
      return {};
    });
    const everything = await loot(desk.store);
    expect(everything).toContain(MEMBER.name);
    expect(spellings(offlineIds[1] ?? new Uint8Array()).some((spelling) => everything.includes(spelling))).toBe(true);
  });

  it("gives its own key to no script", async () => {
    const { desk } = await busyDesk();
    const { key } = await desk.store.device();
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("cannot tie a code of today to one of yesterday: two manifests have no tag in common, and nothing stays", async () => {
    const clock = handClock();
    const server = serverModel(clock);
    for (const resource of THINGS) await server.addCode({ resource });
    const desk = deskAt(freshPlace(), clock);
    const tagsNow = async () => {
      await holding(desk, await server.manifest());
      return desk.store.read(({ entries }) => entries.toCollection().primaryKeys());
    };
    const [one, two] = [await tagsNow(), await tagsNow()];
    expect([one.length, two.length]).toEqual([4, 4]);
    expect(one.filter((tag) => two.includes(tag))).toEqual([]);
  });

  it("cannot tell entries apart by their length, whoever they are about", async () => {
    const { desk } = await busyDesk();
    const rows = await desk.store.read(({ entries }) => entries.toArray());
    expect(new Set(rows.map(({ sealed }) => sealed.length)).size).toBe(1);
  });
});

function neverEmpty(): never {
  throw new Error("one scan is waiting");
}
