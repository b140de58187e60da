import { expect, it } from "vitest";
import { crowdGuard } from "./crowd-guard.ts";
import { guardSuite } from "./guard.suite.ts";
import type { Guard } from "./guard.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** An inner guard that counts how often it was asked, and how many of its holds were open at once. */
function countingGuard() {
  const seen = { holds: 0, mostOpen: 0 };
  let open = 0;
  const guard: Guard = {
    async hold(_key, work) {
      seen.holds++;
      seen.mostOpen = Math.max(seen.mostOpen, ++open);
      try {
        return await work();
      } finally {
        open--;
      }
    },
  };
  return { guard, seen };
}

/** Sends `size` callers at one key; gives how many were inside together, group after group. */
async function groupsOf(guard: Guard, size: number): Promise<number[]> {
  const groups: number[] = [];
  let inside = 0;
  const work = async () => {
    inside++;
    await turn();
    if (inside > 0) groups.push(inside);
    inside = 0;
  };
  await Promise.all(Array.from({ length: size }, () => guard.hold("line", work)));
  return groups;
}

guardSuite("a crowd guard", (patienceMs) => crowdGuard(countingGuard().guard, patienceMs));

it("lets the first of two hundred in alone, and all the others together behind it", async () => {
  const { guard, seen } = countingGuard();
  expect(await groupsOf(crowdGuard(guard), 200)).toEqual([1, 199]);
  expect(seen).toEqual({ holds: 2, mostOpen: 1 });
});

it("is what brings them together: the guard inside would be asked two hundred times", async () => {
  const { guard, seen } = countingGuard();
  await groupsOf(guard, 200);
  expect(seen.holds).toBe(200);
});

it("gathers anew behind a crowd that is inside", async () => {
  const { guard, seen } = countingGuard();
  const crowd = crowdGuard(guard);
  const came: string[] = [];
  const work = (name: string) => async () => {
    await turn();
    came.push(name);
  };
  const first = crowd.hold("line", work("first"));
  const second = crowd.hold("line", async () => {
    const third = [crowd.hold("line", work("third")), crowd.hold("line", work("third too"))];
    await work("second")();
    expect(came).toEqual(["first", "second"]);
    return third;
  });
  await Promise.all([first, ...(await second)]);
  expect(came).toEqual(["first", "second", "third", "third too"]);
  expect(seen).toEqual({ holds: 3, mostOpen: 1 });
});

it("lets a whole crowd go on when the one before it stays too long, and keeps the key for that one", async () => {
  const { guard, seen } = countingGuard();
  const crowd = crowdGuard(guard, 20);
  let leave = () => {};
  const stays = crowd.hold("line", () => new Promise<void>((resolve) => (leave = resolve)));

  const impatient = await Promise.all([1, 2, 3].map((name) => crowd.hold("line", async () => name)));
  expect(impatient).toEqual([1, 2, 3]);
  expect(seen.holds).toBe(1);

  leave();
  await stays;
  expect(await crowd.hold("line", async () => "free")).toBe("free");
  expect(seen).toEqual({ holds: 2, mostOpen: 1 });
});
