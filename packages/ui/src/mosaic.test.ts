import { describe, expect, it } from "vitest";
import { mosaic, tilesPath } from "./mosaic.ts";

describe("a mosaic", () => {
  it("is the same for the same thing and another for another", () => {
    expect(mosaic("drill", 5, 5)).toEqual(mosaic("drill", 5, 5));
    expect(mosaic("drill", 5, 5)).not.toEqual(mosaic("saw", 5, 5));
  });

  it("stays pale in the middle, where the icon stands", () => {
    const seeds = Array.from({ length: 50 }, (_, number) => `thing ${number}`);
    const middle = [6, 7, 8, 11, 12, 13, 16, 17, 18];
    expect(Math.max(...seeds.flatMap((seed) => middle.map((place) => mosaic(seed, 5, 5)[place] ?? 0)))).toBe(1);
    expect(Math.max(...seeds.flatMap((seed) => mosaic(seed, 5, 5)))).toBe(3);
  });

  it("draws each tile of a shade once, with a grout between", () => {
    expect(tilesPath([1, 0, 1, 1], 1, 2)).toBe("M0 0h9v9h-9zM0 10h9v9h-9zM10 10h9v9h-9z");
  });
});
