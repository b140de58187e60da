import { describe, expect, it } from "vitest";
import { readTestCode, TEST_CODE } from "./read-test-code.ts";

describe("a hand scanner that reads the test code", () => {
  it("is right when every letter comes as it is", () => {
    expect(readTestCode(TEST_CODE)).toEqual({ kind: "right" });
  });

  it("has Caps Lock turned round when the letters come small", () => {
    expect(readTestCode(TEST_CODE.toLowerCase())).toEqual({ kind: "turned_round" });
  });

  it("plays another keyboard than the computer's: German, also with Caps Lock", () => {
    const german = TEST_CODE.replace(/[YZ]/g, (letter) => (letter === "Y" ? "Z" : "Y"));
    expect(readTestCode(german)).toEqual({ kind: "layout", name: "QWERTZ" });
    expect(readTestCode(german.toLowerCase())).toEqual({ kind: "layout", name: "QWERTZ" });
  });

  it("plays another keyboard than the computer's: French", () => {
    const french = "TESSERQà&é\"'(-è_çQBCDEFGHJK?NPARSTVZXYW";
    expect(readTestCode(french)).toEqual({ kind: "layout", name: "AZERTY" });
  });

  it("is told from a keyboard that sends something before or after", () => {
    expect(readTestCode(`]Q1${TEST_CODE}`)).toEqual({ kind: "surrounded", before: "]Q1", after: "" });
    expect(readTestCode(`${TEST_CODE}#`)).toEqual({ kind: "surrounded", before: "", after: "#" });
  });

  it("shows what came when it is none of these", () => {
    expect(readTestCode("SOMETHING ELSE")).toEqual({ kind: "other", text: "SOMETHING ELSE" });
  });
});
