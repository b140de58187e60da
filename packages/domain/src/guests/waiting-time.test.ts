import { expect, it } from "vitest";
import { LEAST_HISTORY, waitingTimeOf } from "./waiting-time.ts";

const timings = (of: number, medianSeconds = 300) => ({ of, medianSeconds, p90Seconds: medianSeconds * 2 });

it("tells what this hour of the day took, where there is enough of it", () => {
  expect(waitingTimeOf(timings(LEAST_HISTORY, 120.4), timings(50))).toEqual({
    basis: "hour",
    of: LEAST_HISTORY,
    medianSeconds: 120,
    p90Seconds: 241,
  });
});

it("goes by the whole day where this hour has too little", () => {
  expect(waitingTimeOf(timings(LEAST_HISTORY - 1), timings(LEAST_HISTORY, 60))).toMatchObject({
    basis: "day",
    medianSeconds: 60,
  });
});

it("says nothing, rather than a guess, where there is not enough history", () => {
  expect(waitingTimeOf(timings(LEAST_HISTORY - 1), timings(LEAST_HISTORY - 1))).toBeNull();
});
