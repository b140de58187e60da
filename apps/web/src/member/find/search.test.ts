import type { Resource } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { findable, search } from "./search.ts";

const thing = (name: string, state: "free" | "out" = "free") =>
  findable({ name, place: "Shelf 3", kind: "tool", description: "", availability: { state } } as Resource);

const things = [thing("Stichsäge"), thing("Cordless drill", "out"), thing("Drill bits")];
const names = (text: string, onlyFree = false) => search(things, { text, onlyFree }).map(({ name }) => name);

describe("a search", () => {
  it("finds everything for nothing typed", () => {
    expect(names("  ")).toHaveLength(3);
  });

  it("does not mind case and accents", () => {
    expect(names("STICHSAGE")).toEqual(["Stichsäge"]);
  });

  it("wants every word, in any order, in the name or the place", () => {
    expect(names("shelf drill")).toEqual(["Cordless drill", "Drill bits"]);
    expect(names("drill bench")).toEqual([]);
  });

  it("can leave out what is not free", () => {
    expect(names("drill", true)).toEqual(["Drill bits"]);
  });
});
