import { describe, expect, it } from "vitest";
import { diffLines } from "./diff.ts";

describe("what changed", () => {
  it("is said in words, one line for each thing", () => {
    expect(diffLines({ enabled: false, age_after: "keep" }, { enabled: true, age_after: "off" })).toEqual([
      { name: "Switched on", before: "no", after: "yes" },
      { name: "After that a kiosk", before: "keeps the last answer", after: "takes it for off" },
    ]);
  });

  it("goes inside of settings, and leaves out what stayed", () => {
    const before = { config: { rollout: "percentage", percentage: 10, unit: "user" } };
    const after = { config: { rollout: "percentage", percentage: 25, unit: "user" } };
    expect(diffLines(before, after)).toEqual([{ name: "Share", before: "10 %", after: "25 %" }]);
  });

  it("shows what came and what went of a list", () => {
    const [line] = diffLines({ config: { users: ["ann", "bob"] } }, { config: { users: ["bob", "cleo"] } });
    expect(line).toEqual({ name: "People by name", before: "2", after: "2, with cleo, without ann" });
  });

  it("calls by name whom it knows, and others by the end of their id", () => {
    const called = new Map([["one", "Tool library"]]);
    const other = "a0000000-0000-4000-8000-00000000beef";
    const [line] = diffLines({ target_tenants: [] }, { target_tenants: ["one", other] }, called);
    expect(line?.after).toBe("2, with Tool library, …00000000beef");
  });

  it("calls whoever killed it by name", () => {
    const id = "a0000000-0000-4000-8000-00000000beef";
    expect(diffLines({ killed_by: null }, { killed_by: id }, new Map([[id, "Ann"]]))[0]?.after).toBe("Ann");
    expect(diffLines({ killed_by: null }, { killed_by: id })[0]?.after).toBe("…00000000beef");
  });

  it("counts a list where it would be too long to read", () => {
    const many = ["a", "b", "c", "d", "e"];
    expect(diffLines({ target_tenants: null }, { target_tenants: many })[0]).toEqual({
      name: "Chosen tenants",
      before: "not set",
      after: "5, with a, b, c and 2 more",
    });
    const cut = [...many, "… 5000 in all"];
    expect(diffLines({ target_tenants: many }, { target_tenants: cut })[0]?.after).toBe("5,000");
  });

  it("keeps no list and a list of nobody apart", () => {
    expect(diffLines({ target_tenants: null }, { target_tenants: [] })[0]).toMatchObject({
      before: "not set",
      after: "none",
    });
  });

  it("shows what was made new, and columns that it has no name for", () => {
    expect(diffLines({}, { breaker_limits: { minCalls: 50 } })).toEqual([
      { name: "breaker limits, minCalls", before: "not set", after: "50" },
    ]);
  });

  it("says a moment to the second", () => {
    expect(diffLines({ killed_at: null }, { killed_at: "2026-11-25T14:02:03.123456+00:00" })[0]?.after).toBe(
      "2026-11-25 14:02:03 UTC",
    );
  });
});
