import { expect, it } from "vitest";
import { isWhole, spelled } from "./user-code.ts";

it.each([
  ["#BCDFGHJK", "BCDF-GHJK"],
  ["bcdf ghjk", "BCDF-GHJK"],
  ["bcdfg", "BCDF-G"],
  ["bcdf-", "BCDF"],
  ["a1e0-bcdf", "BCDF"],
  ["BCDFGHJKLMN", "BCDF-GHJK"],
  ["", ""],
])("writes %s as %s", (typed, code) => {
  expect(spelled(typed)).toBe(code);
});

it("is whole with eight letters", () => {
  expect([isWhole("BCDF-GHJK"), isWhole("BCDF-GHJ")]).toEqual([true, false]);
});
