import { expect, it } from "vitest";
import { reachWords } from "./reach-words.ts";

const reach = { revision: 9, processes: { all: 4, reached: 4 }, p50Ms: 40, p99Ms: 120.4, seen: 400 };

it.each([
  [{}, "Changes reach all 4 processes, 99 of 100 within 120 ms."],
  [{ processes: { all: 1, reached: 1 } }, "Changes reach the one process there is, 99 of 100 within 120 ms."],
  [{ p99Ms: 1_530 }, "Changes reach all 4 processes, 99 of 100 within 1.5 s."],
  [{ seen: 12 }, "Changes reach all 4 processes, each within 120 ms."],
  [
    { p50Ms: null, p99Ms: null, seen: 0 },
    "The newest change has reached all 4 processes. How fast changes are was not measured yet.",
  ],
  [{ processes: { all: 4, reached: 3 } }, "The newest change has reached 3 of 4 processes so far."],
])("%o: %s", (change, text) => {
  expect(reachWords({ ...reach, ...change })).toBe(text);
});
