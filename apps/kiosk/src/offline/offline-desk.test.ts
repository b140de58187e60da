import type { Scan } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { offlineDesk } from "./offline-desk.ts";
import { ifNobodyElse } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import { deskAt, FRONT_DESK, handClock, newScanId } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { type ShownCode, serverModel } from "./testing-server.ts";

class Unreachable extends Error {
  override name = "TRPCClientError";
}

/** A whole desk, with a cable that a test can pull: before a request arrives, or before its answer does. */
async function wholeDesk() {
  const clock = handClock();
  const model = serverModel(clock);
  const cable: { state: "up" | "cut" | "answers_lost" } = { state: "up" };
  const asked: string[] = [];
  const over =
    <A extends unknown[], R>(name: string, call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (cable.state === "cut") throw new Unreachable("never arrived");
      asked.push(name);
      const answer = await call(...given);
      if (cable.state === "answers_lost") throw new Unreachable("arrived, and nobody knows");
      return answer;
    };
  const { store, ledger, intake } = deskAt(freshPlace(), clock);
  const server = {
    redeem: over("redeem", model.server.redeem),
    outcomeOf: over("outcomeOf", model.server.outcomeOf),
    undo: over("undo", model.server.undo),
    handIn: over("handIn", model.send),
    lease: over("lease", model.manifest),
    releaseLeases: over("releaseLeases", () => model.world.leases.release(FRONT_DESK.deviceId)),
  };
  const lead = ifNobodyElse();
  const box = outbox({ store, clock: clock.now, lead, isTurnedAway: () => false, chance: () => 1 });
  const desk = offlineDesk({ server, store, clock: clock.now, ledger, intake, outbox: box, desk: FRONT_DESK });
  const codes: ShownCode[] = [];
  for (const resource of ["Drill", "Saw"]) codes.push(await model.addCode({ resource }));
  const scanOf = (index: number): Scan => ({ scanId: newScanId(), text: codes[index]?.text ?? "", source: "wedge" });
  return { ...model, desk, cable, asked, scanOf, clock };
}

describe("a whole desk", () => {
  it("holds codes ready after a round, accepts one alone, and hands it in with the next round", async () => {
    const { desk, cable, scanOf, world } = await wholeDesk();
    expect(await desk.round()).toEqual({ kind: "held" });
    cable.state = "cut";
    const scan = scanOf(0);
    expect(await desk.judge(scan)).toMatchObject({ kind: "judged_here", outcome: { kind: "accepted" } });
    expect((await desk.story()).waiting).toMatchObject([{ scanId: scan.scanId, resource: "Drill" }]);
    expect(await desk.round()).toMatchObject({ kind: "waiting" });

    cable.state = "up";
    expect(await desk.round()).toEqual({ kind: "held" });
    const { waiting, verdicts } = await desk.story();
    expect([waiting, verdicts.get(scan.scanId)]).toEqual([[], "redeemed"]);
    expect(world.state.redemptions.map(({ scanId }) => scanId)).toEqual([scan.scanId]);
  });

  it("asks the server while it can, and throws what the line threw", async () => {
    const { desk, cable, scanOf } = await wholeDesk();
    expect(await desk.redeem(scanOf(0))).toMatchObject({ kind: "redeemed" });
    cable.state = "cut";
    await expect(desk.redeem(scanOf(1))).rejects.toBeInstanceOf(Unreachable);
  });

  it("takes back what nobody waits for any more, and leaves alone what somebody stands there for", async () => {
    const { desk, cable, scanOf, world } = await wholeDesk();
    await desk.round();
    const scan = scanOf(0);
    cable.state = "answers_lost";
    await desk.redeem(scan).catch(() => null);
    cable.state = "up";
    await desk.round();
    expect(world.state.openCheckouts.size).toBe(1);

    desk.letGo(scan.scanId);
    expect(await desk.round()).toEqual({ kind: "held" });
    expect(world.state.openCheckouts.size).toBe(0);
    expect((await desk.story()).unheard).toBe(0);
  });

  it("takes no new codes to hold ready before the old ones are settled", async () => {
    const { desk, cable, scanOf, asked } = await wholeDesk();
    await desk.round();
    cable.state = "cut";
    const lost = scanOf(0);
    await desk.redeem(lost).catch(() => null);
    desk.letGo(lost.scanId);
    asked.length = 0;
    expect(await desk.round()).toEqual({ kind: "unreached" });
    expect(asked).toEqual([]);
  });

  it("says why it does not judge, and judges nothing once it may not", async () => {
    const { desk, scanOf, clock } = await wholeDesk();
    expect(await desk.judge(scanOf(0))).toEqual({ kind: "undecided", why: "no_manifest" });
    await desk.round();
    clock.pass(9 * 3_600);
    expect(await desk.judge(scanOf(1))).toEqual({ kind: "undecided", why: "lease_over" });
  });

  it("gives back what it holds when there is another desk, and holds none of it here before it is free there", async () => {
    const { desk, cable, scanOf, asked, world } = await wholeDesk();
    await desk.round();
    desk.share();
    const before = world.leases.release;
    world.leases.release = async (device) => {
      expect((await desk.story()).held).toBe(0);
      return before(device);
    };
    asked.length = 0;
    await desk.round();
    expect(asked).toEqual(["releaseLeases", "lease"]);

    desk.share();
    cable.state = "cut";
    await desk.judge(scanOf(0));
    cable.state = "answers_lost";
    await desk.round();
    expect((await desk.story()).waiting).toHaveLength(1); // what it accepted comes first
    cable.state = "up";
    await desk.round();
    expect((await desk.story()).waiting).toEqual([]);
  });
});
