import { describe, expect, it } from "vitest";
import { limitsPerMinute, quotasOf } from "./policies.ts";

const pointsOf = (...asked: Parameters<typeof quotasOf>) =>
  quotasOf(...asked).map(({ holder, id, points }) => [holder, id, points]);

describe("the table of limits", () => {
  it("holds the documented numbers: 10 sessions, 20 requests, 60 reads a minute", () => {
    expect(limitsPerMinute.session.address).toBe(10);
    expect(limitsPerMinute.request.guest).toBe(20);
    expect(limitsPerMinute.read).toMatchObject({ address: 60, guest: 60 });
    expect(limitsPerMinute.scan).toMatchObject({ desk: 60, code: 10 });
  });

  it("counts a stranger by the address they come from", () => {
    expect(pointsOf("read", { address: "203.0.113.7" })).toEqual([["address", "203.0.113.7", 60]]);
  });

  it("counts who is known by who they are, so that people who share an address do not share an allowance", () => {
    const member = { address: "203.0.113.7", member: "ann", tenant: "library" };
    expect(pointsOf("read", member)).toEqual([["member", "ann", 300]]);
    expect(pointsOf("write", member)).toEqual([
      ["member", "ann", 60],
      ["tenant", "library", 6_000],
    ]);
  });

  it("counts even who is known by address where nobody else is counted", () => {
    expect(pointsOf("pair", { address: "203.0.113.7", member: "ann" })).toEqual([["address", "203.0.113.7", 20]]);
  });

  it("has several allowances for one call, all of which must suffice", () => {
    expect(pointsOf("scan", { address: "203.0.113.7", desk: "front", tenant: "library", code: "c" })).toEqual([
      ["desk", "front", 60],
      ["code", "c", 10],
      ["tenant", "library", 3_000],
    ]);
  });

  it("leaves nobody without a limit, whatever they do", () => {
    for (const limitClass of ["read", "write"] as const)
      for (const holder of ["address", "guest", "member", "staff", "desk", "key"] as const)
        expect(limitsPerMinute[limitClass][holder], `${limitClass} ${holder}`).toBeGreaterThan(0);
  });
});
