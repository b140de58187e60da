import type { FlagAge } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { deskStory } from "./desk-story.ts";
import { codeMaker, deskAt, everyRow, handClock, holding, manifestOf, scanOf } from "./testing.ts";
import { signingServer } from "./testing-flags.ts";
import { freshPlace } from "./testing-place.ts";

const MINUTE = 60;
const DISABLED = { kind: "refused", replayed: false, refusal: { reason: "disabled" } };

/** A desk that holds codes for eight hours, and was told the flag so. */
async function deskTold(given: { value?: boolean; age?: FlagAge } | null) {
  const [place, clock, make] = [freshPlace(), handClock(), codeMaker()];
  const [sign, codes] = [
    await signingServer(),
    await Promise.all(["Drill", "Saw"].map((resource) => make({ resource }))),
  ];
  const desk = deskAt(place, clock);
  await holding(desk, await manifestOf(codes));
  const tell = async (set: Parameters<typeof sign>[0]) => desk.flags.receive(desk.flags.ask(), await sign(set));
  if (given) await tell(given);
  const scan = (index = 0) => scanOf(codes[index]?.offlineId ?? new Uint8Array());
  return { ...desk, place, clock, codes, tell, scan, redeem: () => desk.ledger.redeem(scan()) };
}
const offAfter = (minutes: number): FlagAge => ({ minutes, after: "off" });

describe("codes that are switched off", () => {
  it("are refused at a desk without a network as at the server, and nothing of it is written down", async () => {
    const { ledger, store, scan } = await deskTold({ value: false });
    const before = await everyRow(store);
    expect(await ledger.redeem(scan())).toMatchObject(DISABLED);
    const { flags: _, device: __, ...after } = await everyRow(store);
    expect(before).toMatchObject(after);
    expect((await store.device()).seq).toBe(0);
  });

  it("go through, by the same scan, once they are on again", async () => {
    const { ledger, scan, tell } = await deskTold({ value: false });
    const same = scan();
    expect(await ledger.redeem(same)).toMatchObject(DISABLED);
    await tell({ revision: 2 });
    expect(await ledger.redeem(same)).toMatchObject({ kind: "redeemed", replayed: false });
  });

  it("still tell what a scan has heard: the thing is out", async () => {
    const { ledger, scan, tell } = await deskTold({});
    const answered = scan();
    const heard = await ledger.redeem(answered);
    await tell({ value: false, revision: 2 });
    expect(await ledger.redeem(answered)).toEqual({ ...heard, replayed: true });
    expect(await ledger.redeem(scan(1))).toMatchObject(DISABLED);
  });

  it("are refused by a desk that could decide nothing anyway, since that is the better word", async () => {
    const { ledger, scan, clock } = await deskTold({ value: false, age: { minutes: 1, after: "keep" } });
    clock.restart();
    expect(await ledger.redeem(scan())).toMatchObject(DISABLED);
  });

  it("are told to the screen before anybody scans", async () => {
    const { store, clock, tell } = await deskTold({ value: false });
    expect((await deskStory(store, clock.now)).isSwitchedOff).toBe(true);
    await tell({ revision: 2 });
    expect((await deskStory(store, clock.now)).isSwitchedOff).toBe(false);
  });
});

describe("codes that were on when the desk last heard", () => {
  it("go through while that is young enough, and not a second longer", async () => {
    const { clock, ledger, scan } = await deskTold({ age: offAfter(30) });
    clock.pass(30 * MINUTE - 1);
    expect(await ledger.redeem(scan())).toMatchObject({ kind: "redeemed" });
    clock.pass(1);
    expect(await ledger.redeem(scan(1))).toMatchObject(DISABLED);
  });

  it("go through however old that is when the flag is to be kept, for as long as the desk may decide", async () => {
    const { clock, redeem } = await deskTold({ age: { minutes: 1, after: "keep" } });
    clock.pass(7 * 60 * MINUTE);
    expect(await redeem()).toMatchObject({ kind: "redeemed" });
    clock.pass(60 * MINUTE);
    await expect(redeem()).rejects.toMatchObject({ why: "lease_over" });
  });

  it("are off when nobody can tell how old that is, since the browser was started anew", async () => {
    const { clock, redeem } = await deskTold({ age: offAfter(30) });
    clock.restart();
    expect(await redeem()).toMatchObject(DISABLED);

    const keeping = await deskTold({ age: { minutes: 30, after: "keep" } });
    keeping.clock.restart();
    await expect(keeping.redeem()).rejects.toMatchObject({ why: "restarted" });
  });

  it("go through at a desk that was never told of any flag", async () => {
    const { redeem } = await deskTold(null);
    expect(await redeem()).toMatchObject({ kind: "redeemed" });
  });
});

describe("the age of a set", () => {
  it.each([-10 * 365 * 24 * 60 * MINUTE, -60 * MINUTE])(
    "is not made less by a wall clock moved by %i seconds",
    async (by) => {
      const { clock, redeem } = await deskTold({ age: offAfter(30) });
      clock.pass(30 * MINUTE);
      clock.moveWall(by);
      expect(await redeem()).toMatchObject(DISABLED);
    },
  );

  it("grows while the device sleeps, and is not undone when a clock that ran ahead is set right", async () => {
    const { clock, ledger, scan } = await deskTold({ age: offAfter(30) });
    clock.moveWall(29 * MINUTE);
    expect(await ledger.redeem(scan())).toMatchObject({ kind: "redeemed" });
    clock.moveWall(-29 * MINUTE);
    clock.pass(2 * MINUTE);
    expect(await ledger.redeem(scan(1))).toMatchObject(DISABLED);
    clock.moveWall(-60 * MINUTE);
    expect(await ledger.redeem(scan(1))).toMatchObject(DISABLED);
  });

  it("is counted from when the desk asked", async () => {
    const { clock, flags, redeem } = await deskTold(null);
    const asked = flags.ask();
    clock.pass(29 * MINUTE);
    await flags.receive(asked, await (await signingServer())({ age: offAfter(30) }));
    clock.pass(MINUTE);
    expect(await redeem()).toMatchObject(DISABLED);
  });

  it("begins anew with the next set", async () => {
    const { clock, redeem, tell } = await deskTold({ age: offAfter(30) });
    clock.pass(29 * MINUTE);
    await tell({ age: offAfter(30), issuedAt: 29 * MINUTE });
    clock.pass(29 * MINUTE);
    expect(await redeem()).toMatchObject({ kind: "redeemed" });
  });
});
