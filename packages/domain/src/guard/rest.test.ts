import { expect, it } from "vitest";
import { restAfterFailures } from "./rest.ts";

function resting() {
  const clock = { at: 1_000_000 };
  return { clock, rest: restAfterFailures({ after: 3, forMs: 5_000, now: () => clock.at }) };
}

it("rests after so many failures in a row, for as long as it was told", () => {
  const { clock, rest } = resting();
  for (const isResting of [false, false, true]) {
    rest.failed();
    expect(rest.isResting()).toBe(isResting);
  }
  clock.at += 4_999;
  expect(rest.isResting()).toBe(true);
  clock.at += 1;
  expect(rest.isResting()).toBe(false);
});

it("does not rest when an answer came between the failures", () => {
  const { rest } = resting();
  for (let round = 0; round < 5; round++) {
    rest.failed();
    rest.failed();
    rest.answered();
  }
  expect(rest.isResting()).toBe(false);
});

it("gives the helper as many tries after a rest as before", () => {
  const { clock, rest } = resting();
  for (let failure = 0; failure < 3; failure++) rest.failed();
  clock.at += 5_000;
  rest.failed();
  rest.failed();
  expect(rest.isResting()).toBe(false);
  rest.failed();
  expect(rest.isResting()).toBe(true);
});
