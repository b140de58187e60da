import type { HandInOutcome, OfflineScan } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { deskStory } from "./desk-story.ts";
import { ifNobodyElse } from "./one-at-a-time.ts";
import { type OutboxTools, outbox } from "./outbox.ts";
import type { DeskStore } from "./store.ts";
import { deskAt, handClock, holding, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { serverModel } from "./testing-server.ts";

const asTheClientThrows = (data?: object) => Object.assign(new Error("no answer"), { data });

/** A desk that holds `count` codes, and accepts them all without a network. */
async function deskAfterAnOutage(count: number) {
  const clock = handClock();
  const server = serverModel(clock);
  const shown = await Promise.all(
    Array.from({ length: count }, (_, index) => server.addCode({ resource: `Thing ${index}` })),
  );
  const place = freshPlace();
  const desk = deskAt(place, clock);
  await holding(desk, await server.manifest());
  for (const { code } of shown) await desk.ledger.redeem(scanOf(code.offlineId));

  const tools: OutboxTools = {
    store: desk.store,
    clock: clock.now,
    lead: ifNobodyElse(),
    isTurnedAway: (error) => (error as { data?: { code?: string } }).data?.code === "UNAUTHORIZED",
    chance: () => 1,
  };
  return { ...desk, place, clock, shown, tools, ...server };
}
const left = (store: DeskStore) => store.read((tables) => tables.outbox.count());
const heard = (store: DeskStore) => store.read((tables) => tables.history.orderBy("seq").toArray());

describe("handing in", () => {
  it("hands everything in, in order, 50 at a time, and every scan gets its verdict", async () => {
    const { tools, send, store, clock, world } = await deskAfterAnOutage(60);
    const batches: number[][] = [];
    const counting = (scans: OfflineScan[]) => {
      batches.push(scans.map(({ seq }) => seq));
      return send(scans);
    };
    expect(await outbox(tools).handInAll(counting)).toEqual({ kind: "done", judged: 60 });
    expect(batches.map(({ length }) => length)).toEqual([50, 10]);
    expect(batches.flat()).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));

    expect(new Set((await heard(store)).map(({ verdict }) => verdict))).toEqual(new Set(["redeemed"]));
    expect(world.state.conflicts).toEqual([]);
    const story = await deskStory(store, clock.now);
    expect(story).toMatchObject({ waiting: [], conflicts: [], handedIn: 60 });
  });

  it.each([
    ["the line is down", undefined],
    ["the server has trouble", { httpStatus: 500, failure: "unknown_outcome" }],
    ["it is too much at once", { code: "TOO_MANY_REQUESTS", httpStatus: 429 }],
    ["the server calls it a bad request", { code: "BAD_REQUEST", httpStatus: 400 }],
  ])("keeps everything and comes again later when %s", async (_, data) => {
    const { tools, store, send } = await deskAfterAnOutage(2);
    const box = outbox(tools);
    const failing = () => Promise.reject(asTheClientThrows(data));
    const pauses = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const ended = await box.handInAll(failing);
      pauses.push(ended.kind === "waiting" ? ended.pauseMs : ended.kind);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(await left(store)).toBe(2);
    expect(await box.handInAll(send)).toEqual({ kind: "done", judged: 2 });
  });

  it("parks when the server does not know the desk any more, and loses nothing", async () => {
    const { tools, store } = await deskAfterAnOutage(2);
    const turnedAway = () => Promise.reject(asTheClientThrows({ code: "UNAUTHORIZED", httpStatus: 401 }));
    expect(await outbox(tools).handInAll(turnedAway)).toEqual({ kind: "parked", judged: 0 });
    expect(await left(store)).toBe(2);
  });

  it("keeps a scan for which the answer has no verdict, or another scan's", async () => {
    const { tools, store, send } = await deskAfterAnOutage(2);
    const forgetful = async (scans: OfflineScan[]): Promise<HandInOutcome> => {
      const answer = await send(scans);
      return answer.kind === "judged" ? { ...answer, verdicts: answer.verdicts.slice(0, 1) } : answer;
    };
    expect(await outbox(tools).handInAll(forgetful)).toMatchObject({ kind: "done", judged: 2 });

    const other = await deskAfterAnOutage(2);
    const mixedUp = async (scans: OfflineScan[]): Promise<HandInOutcome> => {
      const answer = await other.send(scans);
      if (answer.kind !== "judged") return answer;
      const outcomes = answer.verdicts.map(({ outcome }) => outcome).reverse();
      const verdicts = answer.verdicts.map(({ seq }, index) => ({ seq, outcome: outcomes[index] ?? neverThere() }));
      return { kind: "judged", verdicts };
    };
    expect(await outbox(other.tools).handInAll(mixedUp)).toMatchObject({ kind: "waiting", judged: 0 });
    expect([await left(store), await left(other.store)]).toEqual([0, 2]);
  });

  it("is left to one window", async () => {
    const { tools, send } = await deskAfterAnOutage(3);
    const box = outbox(tools);
    const ended = await Promise.all([box.handInAll(send), box.handInAll(send)]);
    expect(ended).toEqual([{ kind: "done", judged: 3 }, { kind: "elsewhere" }]);
  });
});

describe("a desk that dies while it hands in", () => {
  /** Works until the first scan is struck out of the outbox. */
  const dyingBeforeDeletion = (store: DeskStore): DeskStore => ({
    ...store,
    write: (work) =>
      store.write((tables, device) => {
        const bulkDelete = () => Promise.reject(new Error("the power went"));
        return work({ ...tables, outbox: Object.create(tables.outbox, { bulkDelete: { value: bulkDelete } }) }, device);
      }),
  });

  it("between the verdict and the deletion hears the same verdicts again, and nothing is redeemed twice", async () => {
    const { tools, store, send, world } = await deskAfterAnOutage(3);
    const dying = outbox({ ...tools, store: dyingBeforeDeletion(store) });
    await expect(dying.handInAll(send)).rejects.toThrow("the power went");
    const before = await heard(store);
    expect([before.length, await left(store)]).toEqual([3, 3]);

    expect(await outbox(tools).handInAll(send)).toEqual({ kind: "done", judged: 3 });
    const verdicts = (rows: typeof before) => rows.map(({ seq, scanId, verdict }) => [seq, scanId, verdict]);
    expect(verdicts(await heard(store))).toEqual(verdicts(before));
    expect([await left(store), world.state.redemptions.length, world.state.conflicts.length]).toEqual([0, 3, 0]);
  });

  it("after the server has judged, but before it heard the answer, loses and doubles nothing either", async () => {
    const { tools, store, send, world } = await deskAfterAnOutage(3);
    const unheard = async (scans: OfflineScan[]) => {
      await send(scans);
      throw asTheClientThrows();
    };
    expect(await outbox(tools).handInAll(unheard)).toMatchObject({ kind: "waiting" });
    expect(await left(store)).toBe(3);
    expect(await outbox(tools).handInAll(send)).toEqual({ kind: "done", judged: 3 });
    expect(world.state.redemptions).toHaveLength(3);
  });
});

function neverThere(): never {
  throw new Error("as many outcomes as verdicts");
}
