import { describe, expect, it } from "vitest";
import { deskRounds, ROUND_MS } from "./desk-rounds.ts";
import type { RoundEnd } from "./offline-desk.ts";

/** Timers that a test fires by hand, and rounds that it ends. */
function byHand() {
  const planned: { ms: number; work: () => void }[] = [];
  const ended: RoundEnd[] = [];
  const under: ((end: RoundEnd | Error) => void)[] = [];
  const rounds = deskRounds({
    round: () =>
      new Promise((resolve, reject) => under.push((end) => (end instanceof Error ? reject(end) : resolve(end)))),
    onEnd: (end) => ended.push(end),
    chance: () => 1,
    after(ms, work) {
      const one = { ms, work };
      planned.push(one);
      return () => void planned.splice(planned.indexOf(one) >>> 0, 1);
    },
  });
  const fire = () => planned.shift()?.work();
  const end = async (how: RoundEnd | Error) => {
    under.shift()?.(how);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { rounds, planned, ended, under, fire, end, delays: () => planned.map(({ ms }) => ms) };
}

describe("the rounds of a desk", () => {
  it("begin at once, and come again by themselves", async () => {
    const { fire, end, delays } = byHand();
    expect(delays()).toEqual([0]);
    fire();
    expect(delays()).toEqual([]);
    await end({ kind: "held" });
    expect(delays()).toEqual([ROUND_MS * 1.25]);
  });

  it("come soon after news, one at a time: news during a round bring one more", async () => {
    const { rounds, fire, end, delays, under } = byHand();
    fire();
    rounds.soon();
    rounds.soon();
    expect([delays(), under.length]).toEqual([[], 1]);
    await end({ kind: "held" });
    expect(delays()).toEqual([2_000]);
    rounds.soon();
    expect(delays()).toEqual([2_000]);
  });

  it("wait as long as the server asks, and a few seconds when nobody answered or the store is in trouble", async () => {
    const { fire, end, delays, ended } = byHand();
    fire();
    await end({ kind: "waiting", pauseMs: 8_000 });
    expect(delays()).toEqual([10_000]);
    fire();
    await end({ kind: "unreached" });
    expect(delays()).toEqual([6_250]);
    fire();
    await end(new Error("the store is full"));
    expect([delays(), ended.at(-1)]).toEqual([[6_250], { kind: "unreached" }]);
  });

  it("end with the desk: what was under way tells nobody", async () => {
    const { rounds, fire, end, delays, ended } = byHand();
    fire();
    rounds.close();
    await end({ kind: "held" });
    expect([delays(), ended]).toEqual([[], []]);
  });
});
