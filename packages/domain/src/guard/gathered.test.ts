import { expect, it } from "vitest";
import { gathered } from "./gathered.ts";

function doubling(most: number) {
  const calls: number[][] = [];
  const ask = gathered<number, number>(most, async (all) => {
    calls.push([...all]);
    return new Map(all.map((one) => [one, one * 2]));
  });
  return { calls, ask };
}

it("answers together what is asked for in one turn, and each its own", async () => {
  const { calls, ask } = doubling(10);
  expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
  expect(await ask(4)).toBe(8);
  expect(calls).toEqual([[1, 2, 3], [4]]);
});

it("asks no more than so many at once, and one thing never twice in one question", async () => {
  const { calls, ask } = doubling(2);
  expect(await Promise.all([1, 2, 3, 3, 1].map(ask))).toEqual([2, 4, 6, 6, 2]);
  expect(calls).toEqual([[1, 2], [3, 1], [3]]);
});
