import { describe, expect, it } from "vitest";
import { looksLikeOurs, spelled } from "./spelling.ts";

describe("the spelling of a typed code", () => {
  it.each([
    ["spaces and dashes go", "T1AB CDEF-GH 12", "T1ABCDEFGH12"],
    ["small letters grow", "t1abcd", "T1ABCD"],
    ["look-alikes are read as digits", "T1iIlLoO", "T1111100"],
    ["the first two letters are left as they are", "LO12", "LO12"],
    ["a tag with gaps in it is still a tag", " t 1 - o", "T10"],
    ["nothing stays nothing", " - ", ""],
  ])("%s", (_, typed, text) => {
    expect(spelled(typed)).toBe(text);
  });
});

describe("a text that may be ours", () => {
  it("begins with T1, exactly", () => {
    expect(["T1ABC", "t1abc", "https://example.org", "", " T1"].map(looksLikeOurs)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
