import { expect, it } from "vitest";
import { quietly } from "./quiet.ts";

it("tells the first of many troubles, and another when ten seconds have passed", () => {
  const told: unknown[] = [];
  const clock = { now: 0 };
  const tell = quietly(
    (cause) => told.push(cause),
    () => clock.now,
  );
  for (const at of [0, 1, 9_999, 10_000, 10_001]) {
    clock.now = at;
    tell(at);
  }
  expect(told).toEqual([0, 10_000]);
});
