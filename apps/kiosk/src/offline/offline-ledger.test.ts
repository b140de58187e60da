import { toBase64url } from "@tessera/domain/qr/base64url";
import { ledgerSuite } from "@tessera/domain/redemption/ledger.suite";
import { CHAIN_START, isChained } from "@tessera/domain/redemption/scan-chain";
import { describe, expect, it } from "vitest";
import { handedIn } from "./outbox-row.ts";
import type { DeskStore } from "./store.ts";
import {
  alsoHolding,
  codeMaker,
  deskAt,
  FRONT_DESK,
  handClock,
  holding,
  manifestOf,
  newScanId,
  scanOf,
} from "./testing.ts";
import { freshPlace } from "./testing-place.ts";

async function deskWith(count: number) {
  const [place, clock, make] = [freshPlace(), handClock(), codeMaker()];
  const codes = await Promise.all(Array.from({ length: count }, (_, index) => make({ resource: `Thing ${index}` })));
  const desk = deskAt(place, clock);
  await holding(desk, await manifestOf(codes));
  return { ...desk, place, clock, codes };
}
const storyOf = async (store: DeskStore) => {
  const device = await store.device();
  const rows = await store.read(({ outbox }) => outbox.orderBy("seq").toArray());
  return Promise.all(rows.map((row) => handedIn(device, row)));
};

ledgerSuite("the ledger of a desk without a network", async () => {
  const [clock, make] = [handClock(), codeMaker()];
  const desk = deskAt(freshPlace(), clock);
  await holding(desk, await manifestOf([]));
  return {
    ledger: desk.ledger,
    desk: FRONT_DESK.deviceId,
    async addCode({ revoked = false, ...seed }) {
      const code = await make(seed);
      await alsoHolding(desk.store, code, revoked);
      return code.offlineId;
    },
    async redemptionsOf(lookup) {
      return (await storyOf(desk.store)).filter(({ offlineId }) => offlineId === toBase64url(lookup)).length;
    },
    close: async () => desk.store.close(),
  };
});

describe("the story of a desk", () => {
  it("numbers what it accepts without gaps and chains each scan to the one before; a refusal has no place in it", async () => {
    const { ledger, store, codes } = await deskWith(3);
    for (const { offlineId } of codes) {
      await ledger.redeem(scanOf(offlineId));
      await ledger.redeem(scanOf(offlineId));
    }
    const story = await storyOf(store);
    expect(story.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(story.map(({ prev }) => prev)).toEqual([CHAIN_START, story[0]?.hash, story[1]?.hash]);
    expect(await Promise.all(story.map(isChained))).toEqual([true, true, true]);
    expect(await store.device()).toMatchObject({ seq: 3, hash: story[2]?.hash });
  });

  it("goes on after the page is closed and opened, and still knows what each scan has heard", async () => {
    const { ledger, store, place, clock, codes } = await deskWith(2);
    const scans = codes.map(({ offlineId }) => scanOf(offlineId));
    const heard = scans[0] && (await ledger.redeem(scans[0]));
    store.close();

    const opened = deskAt(place, clock);
    expect(scans[0] && (await opened.ledger.redeem(scans[0]))).toEqual({ ...heard, replayed: true });
    expect(scans[1] && (await opened.ledger.redeem(scans[1]))).toMatchObject({ kind: "redeemed" });
    expect((await storyOf(opened.store)).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});

describe("two windows of one desk", () => {
  /** Both see the store as it was before either has written. */
  const race = async (wrap?: (store: DeskStore) => DeskStore) => {
    const { place, clock, codes } = await deskWith(1);
    const windows = [deskAt(place, clock, wrap), deskAt(place, clock, wrap)];
    const offlineId = codes[0]?.offlineId ?? new Uint8Array();
    const scans = Array.from({ length: 20 }, (_, index) => windows[index % 2]?.ledger.redeem(scanOf(offlineId)));
    const outcomes = await Promise.allSettled(scans);
    const yes = outcomes.filter(({ status, ...rest }) => "value" in rest && kindOf(rest.value) === "redeemed");
    return { yes: yes.length, outcomes };
  };
  const kindOf = (value: unknown) => (value as { kind?: string } | undefined)?.kind;

  it("let one of twenty scans of one code through", async () => {
    const { yes, outcomes } = await race();
    expect(yes).toBe(1);
    expect(outcomes.every(({ status }) => status === "fulfilled")).toBe(true);
  });

  /** Writes whatever has happened since the desk looked. */
  const blindly = (store: DeskStore): DeskStore => ({ ...store, commit: (_, work) => store.write(work) });

  it("still let one through when the store's check is lost: a number of the story can be given once", async () => {
    const { yes, outcomes } = await race(blindly);
    expect(yes).toBe(1);
    expect(outcomes.some(({ status }) => status === "rejected")).toBe(true);
  });

  it("let two through with neither, so the two tests above can fail", async () => {
    const { yes } = await race((store) => ({
      ...store,
      commit: (_, work) =>
        store.write((tables, device) => {
          const put = tables.outbox.put.bind(tables.outbox);
          return work({ ...tables, outbox: Object.create(tables.outbox, { add: { value: put } }) }, device);
        }),
    }));
    expect(yes).toBe(2);
  });
});

describe("one scan id has one decider", () => {
  it("is not decided here when it may have reached the server", async () => {
    const { ledger, store, codes } = await deskWith(1);
    const scan = scanOf(codes[0]?.offlineId ?? new Uint8Array());
    await store.write(async ({ sent }) => {
      await sent.put({ scanId: scan.scanId, tag: null, at: 0 });
      return {};
    });
    await expect(ledger.redeem(scan)).rejects.toMatchObject({ failure: "unavailable", why: "in_doubt" });
    expect(await ledger.redeem({ ...scan, scanId: newScanId() })).toMatchObject({ kind: "redeemed" });
  });
});
