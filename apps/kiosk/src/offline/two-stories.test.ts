import type { ScanId } from "@tessera/contracts";
import { toBase64url } from "@tessera/domain/qr/base64url";
import { chained } from "@tessera/domain/redemption/scan-chain";
import { describe, expect, it } from "vitest";
import { ifNobodyElse } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import type { DeskStore, StorePlace } from "./store.ts";
import { deskAt, everyRow, type HandClock, handClock, holding, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { type ShownCode, serverModel } from "./testing-server.ts";

/** A desk that has told the server of two scans, and holds more codes. */
async function knownDesk(codes = 6) {
  const clock = handClock();
  const server = serverModel(clock);
  const shown: ShownCode[] = [];
  for (let index = 0; index < codes; index++) shown.push(await server.addCode({ resource: `Thing ${index}` }));
  const place = freshPlace();
  const desk = deskAt(place, clock);
  await holding(desk, await server.manifest());
  const accept = async ({ ledger }: Pick<typeof desk, "ledger">, index: number) =>
    ledger.redeem(scanOf(shown[index]?.code.offlineId ?? new Uint8Array()));
  await accept(desk, 0);
  await accept(desk, 1);
  const handInFrom = (store: DeskStore) => boxOf(store, clock).handInAll(server.send);
  await handInFrom(desk.store);
  return { ...server, clock, place, desk, shown, accept, handInFrom };
}
const boxOf = (store: DeskStore, clock: HandClock) =>
  outbox({ store, clock: clock.now, lead: ifNobodyElse(), isTurnedAway: () => false, chance: () => 1 });
const left = (store: DeskStore) => store.read((tables) => tables.outbox.count());

/** Another browser with all that this one has written. */
async function copied(store: DeskStore): Promise<StorePlace> {
  const place = freshPlace();
  const copy = deskAt(place, handClock()).store;
  const rows = await everyRow(store);
  await copy.write(async (tables) => {
    for (const [name, table] of Object.entries(tables)) await table.bulkPut(rows[name]);
    return null;
  });
  copy.close();
  return place;
}

describe("a device that exists twice", () => {
  it("is quarantined as soon as both tell their story; nothing of either is decided or lost", async () => {
    const { desk, clock, accept, handInFrom, world } = await knownDesk();
    const clone = deskAt(await copied(desk.store), clock);
    await accept(desk, 2);
    await accept(clone, 3);

    expect(await handInFrom(desk.store)).toMatchObject({ kind: "done", judged: 1 });
    expect(await handInFrom(clone.store)).toMatchObject({ kind: "quarantined" });
    expect(world.state.redemptions).toHaveLength(3);
    expect(await left(clone.store)).toBe(1);

    await accept(desk, 4);
    expect(await handInFrom(desk.store)).toMatchObject({ kind: "quarantined" });
    expect(await left(desk.store)).toBe(1);
    await expect(accept(desk, 5)).rejects.toMatchObject({ failure: "unavailable", why: "quarantined" });
    expect(world.state.outbox.filter(({ type }) => type === "device.quarantined").length).toBeGreaterThan(0);
  });

  it("goes on where it stood when staff have released it", async () => {
    const { desk, clock, accept, handInFrom, world } = await knownDesk();
    const clone = deskAt(await copied(desk.store), clock);
    await accept(clone, 3);
    await handInFrom(clone.store);
    await accept(desk, 2);
    await handInFrom(desk.store);
    const [device] = world.state.devices.keys();
    if (device) await world.handIns.release(device, "staff" as never);

    expect(await handInFrom(desk.store)).toEqual({ kind: "done", judged: 1 });
    expect(await accept(desk, 4)).toMatchObject({ kind: "redeemed" });
    expect(await handInFrom(desk.store)).toEqual({ kind: "done", judged: 1 });
    expect(world.state.conflicts).toEqual([]);
  });
});

describe("a device that lost a part of its memory", () => {
  const missingIn = ({ world }: Awaited<ReturnType<typeof knownDesk>>) =>
    world.state.outbox.filter(({ type }) => type === "device.gap").map(({ payload }) => payload);

  it("shows a gap: the server tells how many scans are missing, and judges the rest", async () => {
    const known = await knownDesk();
    const { desk, accept, handInFrom } = known;
    for (const index of [2, 3, 4]) await accept(desk, index);
    await desk.store.write(async (tables) => {
      await tables.outbox.bulkDelete([3, 4]);
      return {};
    });
    expect(await handInFrom(desk.store)).toEqual({ kind: "done", judged: 1 });
    expect(missingIn(known)).toEqual([{ missing: 2 }]);
  });

  it("shows no gap when nothing is missing, so the test above can fail", async () => {
    const known = await knownDesk();
    for (const index of [2, 3, 4]) await known.accept(known.desk, index);
    await known.handInFrom(known.desk.store);
    expect(missingIn(known)).toEqual([]);
  });

  it("or all of it, begins to count anew, and is quarantined rather than believed", async () => {
    const { clock, shown, accept, handInFrom, manifest } = await knownDesk();
    const wiped = deskAt(freshPlace(), clock);
    await holding(wiped, await manifest());
    await accept(wiped, 3);
    expect(shown[3]?.code.uses).toBe(0);
    expect(await handInFrom(wiped.store)).toMatchObject({ kind: "quarantined" });
    expect(await left(wiped.store)).toBe(1);
  });
});

describe("times that a desk claims", () => {
  const YEARS = 10 * 365 * 24 * 3_600_000;

  it.each([-YEARS, 0, YEARS])("forged by %i ms change no winner: the first to arrive is the redemption", async (by) => {
    const { world, server, send, shown, clock } = await knownDesk();
    const contested = shown[2]?.code;
    const text = shown[2]?.text ?? "";
    const winner = crypto.randomUUID() as ScanId;
    await server.redeem({ scanId: winner, text, source: "camera" });

    const claim = await chained([...world.state.devices.values()][0]?.chainHash ?? "", {
      seq: 3,
      scanId: crypto.randomUUID() as ScanId,
      offlineId: toBase64url(contested?.offlineId ?? new Uint8Array()),
      claimedAt: new Date(clock.now().wall + by).toISOString(),
      basis: "lease",
    });
    expect(await send([claim])).toMatchObject({
      verdicts: [{ outcome: { kind: "refused", refusal: { reason: "already_redeemed" } } }],
    });
    const uses = world.state.redemptions.filter(({ code }) => code === contested).map(({ scanId }) => scanId);
    expect(uses).toEqual([winner]);
    expect(world.state.conflicts).toMatchObject([{ scanId: claim.scanId, reason: "already_redeemed" }]);
  });
});
