import { describe, expect, it } from "vitest";
import { idProblem, idsIn, tenantProblem, withId } from "./id-list.ts";

describe("a box of ids", () => {
  it("takes one a line, as a column of a spreadsheet is pasted", () => {
    expect(idsIn("ann\nbob\r\n\n  cleo ")).toEqual(["ann", "bob", "cleo"]);
  });

  it("does not take several on a line for one", () => {
    expect(idProblem("ann\nbob, cleo")).toBe("One id a line, without commas or spaces: bob, cleo");
  });

  it("counts each once, where it stood first", () => {
    expect(idsIn("bob\nann\nbob")).toEqual(["bob", "ann"]);
  });

  it("is empty when there is nothing but space", () => {
    expect(idsIn(" \n\n ")).toEqual([]);
  });

  it("takes an id in and out again", () => {
    expect(withId("ann", "bob", true)).toBe("ann\nbob");
    expect(withId("ann\nbob", "ann", false)).toBe("bob");
    expect(withId("ann", "ann", true)).toBe("ann");
  });

  it("says which id is too long", () => {
    expect(idProblem("ann")).toBeNull();
    expect(idProblem(`ann\n${"x".repeat(201)}`)).toMatch(/xxx…$/);
  });

  it("says what is not the id of a tenant", () => {
    expect(tenantProblem("a0000000-0000-4000-8000-00000000000A")).toBeNull();
    expect(tenantProblem("tool-library")).toBe("This is not the id of a tenant: tool-library");
  });
});
