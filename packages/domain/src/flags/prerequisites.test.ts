import { describe, expect, it } from "vitest";
import { inCycles } from "./prerequisites.ts";
import { flagSet, setting, somebody, tenant } from "./testing.ts";

const [KEY, PORTAL] = ["qr-checkout-enabled", "ff/qr_unified_portal"] as const;
const me = somebody({ userId: "user-42" });

describe("a flag that needs another", () => {
  const needing = setting({ prerequisites: [PORTAL] });

  it("is on where the other is on, and off where it is off", () => {
    const flags = flagSet([needing, setting({ key: PORTAL, targetTenants: [tenant(0)] })]);
    expect(flags.decide(KEY, me)).toMatchObject({ value: true, rule: "default" });
    expect(flags.decide(KEY, somebody({ tenantId: tenant(1) }))).toMatchObject({
      value: false,
      reason: "PREREQUISITE",
    });
    expect(flags.reaches(KEY, tenant(0)).value).toBe(true);
    expect(flags.reaches(KEY, tenant(1))).toMatchObject({ value: false, reason: "PREREQUISITE" });
  });

  it("is off while nobody ever made the other", () => {
    expect(flagSet([needing]).decide(KEY, me)).toMatchObject({ value: false, reason: "PREREQUISITE" });
  });

  it("is off when the other is killed, even for who is on its own list", () => {
    const killed = { at: "2026-11-22T12:00:00.000Z", because: "it burns", by: "operator" };
    const flags = flagSet([setting({ ...needing, config: { users: ["user-42"] } }), setting({ key: PORTAL, killed })]);
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, reason: "PREREQUISITE" });
  });

  it("may stand before the other in the settings", () => {
    const settings = [needing, setting({ key: PORTAL })];
    expect(flagSet(settings).decide(KEY, me)).toEqual(flagSet(settings.toReversed()).decide(KEY, me));
  });
});

describe("flags that wait for themselves", () => {
  const alone = setting({ prerequisites: [KEY] });
  const round = [setting({ prerequisites: [PORTAL] }), setting({ key: PORTAL, prerequisites: [KEY] })];

  it.each([
    ["alone", [alone]],
    ["over another", round],
  ])("are off, and say that it is an error: %s", (_, settings) => {
    const flags = flagSet(settings);
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, reason: "ERROR", rule: "prerequisites" });
    expect(flags.reaches(KEY, tenant(0))).toMatchObject({ value: false, reason: "ERROR" });
  });

  it("take one that needs them with them, as a prerequisite that is off", () => {
    const flags = flagSet([alone, setting({ key: PORTAL, prerequisites: [KEY] })]);
    expect(flags.decide(PORTAL, me)).toMatchObject({ value: false, reason: "PREREQUISITE" });
  });
});

describe("cycles", () => {
  // More flags than the product has: the search takes any keys.
  const waits = (pairs: Record<string, string[]>) =>
    Object.entries(pairs).map(([key, prerequisites]) => ({ key, prerequisites })) as Parameters<typeof inCycles>[0];

  it.each([
    ["nobody waits", { a: [], b: [] }, []],
    ["one waits for another", { a: ["b"], b: [] }, []],
    ["one waits for one that does not exist", { a: ["x"] }, []],
    ["two ways lead to the same flag", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["one waits for itself", { a: ["a"], b: [] }, ["a"]],
    ["three wait in a ring, and one for the ring", { a: ["b"], b: ["c"], c: ["a"], d: ["a"] }, ["a", "b", "c"]],
    ["two rings share a flag", { a: ["b", "c"], b: ["a"], c: ["a"] }, ["a", "b", "c"]],
  ])("are found when %s", (_, pairs, found) => {
    expect([...inCycles(waits(pairs as Record<string, string[]>))].sort()).toEqual(found);
  });
});
