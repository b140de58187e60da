import { describe, expect, it } from "vitest";
import { placeAt, STAY_MS } from "./place-at.ts";

describe("the words of a resting screen", () => {
  it("begin in the middle and stay for a while", () => {
    expect(placeAt(0)).toEqual({ left: 0.5, top: 0.5 });
    expect(placeAt(STAY_MS - 1)).toEqual(placeAt(0));
    expect(placeAt(-5)).toEqual(placeAt(0));
  });

  it("are somewhere else each time, and inside the screen", () => {
    const round = Array.from({ length: 9 }, (_, step) => placeAt(step * STAY_MS));
    expect(new Set(round.map(({ left, top }) => `${left} ${top}`)).size).toBe(9);
    for (const share of round.flatMap(({ left, top }) => [left, top])) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
    }
    expect(placeAt(9 * STAY_MS)).toEqual(placeAt(0));
  });
});
