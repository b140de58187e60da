import { expect, it } from "vitest";
import { guardSuite } from "./guard.suite.ts";
import { inProcessGuard } from "./in-process-guard.ts";

guardSuite("the in-process guard", (patienceMs) => inProcessGuard(patienceMs));

it("lets fifty callers of one key through one by one", async () => {
  const guard = inProcessGuard(5_000);
  const order: number[] = [];
  await Promise.all(Array.from({ length: 50 }, (_, turn) => guard.hold("line", async () => void order.push(turn))));
  expect(order).toEqual(Array.from({ length: 50 }, (_, turn) => turn));
});
