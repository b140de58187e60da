import type { SignedFlagSet } from "@tessera/contracts/flags";
import { expect, it } from "vitest";
import { flagKeeper, KEPT_FRESH_MS } from "./flag-keeper.ts";

/** A keeper whose time a test drives, at a server that answers when the test says so. */
function kept() {
  let at = 0;
  let timers: { at: number; work: () => void }[] = [];
  const questions: { at: number; answer(): Promise<void>; fail(): Promise<void> }[] = [];
  const ended: string[] = [];
  const settled = async () => {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  };
  const keeper = flagKeeper({
    intake: { ask: () => ({ boot: "one", monotonic: at, wall: at }), receive: async () => "received" },
    askServer: () =>
      new Promise((resolve, reject) => {
        questions.push({
          at,
          answer() {
            resolve({} as SignedFlagSet);
            return settled();
          },
          fail() {
            reject(new Error("no line"));
            return settled();
          },
        });
      }),
    chance: () => 0.5,
    after(ms, work) {
      const timer = { at: at + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    onEnd: (how) => ended.push(how),
  });
  return {
    keeper,
    questions,
    ended,
    async pass(ms: number) {
      const until = at + ms;
      for (;;) {
        const next = timers.find((timer) => timer.at <= until);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        at = next.at;
        next.work();
        await settled();
      }
      at = until;
    },
  };
}

it("asks at once, then every three minutes, and a second after news", async () => {
  const { keeper, questions, pass } = kept();
  await pass(0);
  expect(questions).toHaveLength(1);
  await questions[0]?.answer();
  await pass(KEPT_FRESH_MS);
  expect(questions).toHaveLength(2);
  await questions[1]?.answer();
  keeper.news();
  keeper.news();
  await pass(1_000);
  expect(questions).toHaveLength(3);
});

it("asks again when news came while it was asking, since the answer may be from before", async () => {
  const { keeper, questions, pass } = kept();
  await pass(0);
  keeper.news();
  await pass(60_000);
  expect(questions).toHaveLength(1);
  await questions[0]?.answer();
  await pass(1_000);
  expect(questions).toHaveLength(2);
});

it("does not ask again before its turn when nobody answers", async () => {
  const { questions, ended, pass } = kept();
  await pass(0);
  await questions[0]?.fail();
  await pass(KEPT_FRESH_MS - 1);
  expect([questions.length, ended]).toEqual([1, ["unheard"]]);
  await pass(1);
  expect(questions).toHaveLength(2);
});

it("asks no more when it is closed, also when it is closed while it asks", async () => {
  const { keeper, questions, pass } = kept();
  await pass(0);
  keeper.close();
  await questions[0]?.answer();
  keeper.news();
  await pass(10 * KEPT_FRESH_MS);
  expect(questions).toHaveLength(1);
});
