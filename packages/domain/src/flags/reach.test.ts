import type { TenantId } from "@tessera/contracts";
import { type CanaryCandidate, type FlagSetting, type RampReach, SaveFlag } from "@tessera/contracts/flags";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickCanaries, settingsFor } from "./reach.ts";

const tenant = "0193e5a0-0000-7000-8000-000000000001" as TenantId;
const setting = (given: Partial<FlagSetting> = {}): FlagSetting => ({
  key: "ff/qr_unified_portal",
  description: "One portal for guests.",
  enabled: false,
  archived: true,
  targetTenants: null,
  tenantShare: null,
  config: { unit: "device", camera_enabled: false, users: ["ann"] },
  denied: { users: ["zoe"] },
  prerequisites: [],
  age: { minutes: 60, after: "keep" },
  killed: null,
  breaker: { state: "closed" },
  salt: "salt",
  scheme: "mm3-shift-1",
  revision: 3,
  updatedAt: "2026-11-24T12:00:00.000Z",
  ...given,
});
const cohort = ["ben", "cleo", "dan", "eve"];
const on = { enabled: true, archived: false };

describe("a reach", () => {
  it("of a percentage takes that of the flag's unit and leaves the lists and the values", () => {
    expect(settingsFor(setting(), { kind: "percentage", percentage: 12.5 }, cohort)).toEqual({
      ...on,
      config: { unit: "device", camera_enabled: false, users: ["ann"], rollout: "percentage", percentage: 12.5 },
    });
  });

  it("of tenants takes that share besides those that are named", () => {
    const canaries = setting({ targetTenants: [tenant] });
    const open = { ...canaries.config, rollout: "everyone" }; // a list or a share would keep most of a tenant out
    const reach: RampReach = { kind: "tenants", share: 25 };
    expect(settingsFor(canaries, reach, cohort)).toEqual({
      ...on,
      config: open,
      targetTenants: [tenant],
      tenantShare: 25,
    });
    expect(settingsFor(setting(), reach, cohort)).toEqual({ ...on, config: open, targetTenants: [], tenantShare: 25 });
  });

  it("of all tenants takes those to come as well", () => {
    const open = { ...setting().config, rollout: "everyone" };
    const canaries = setting({ targetTenants: [tenant], tenantShare: 50 });
    expect(settingsFor(canaries, { kind: "tenants", share: 100 }, cohort)).toEqual({
      ...on,
      config: open,
      targetTenants: null,
      tenantShare: null,
    });
  });

  it("of a cohort takes its first, besides who is listed already", () => {
    const listed = setting({ config: { rollout: "percentage", percentage: 5, users: ["ann", "cleo"] } });
    expect(settingsFor(listed, { kind: "cohort", size: 3 }, cohort)).toEqual({
      ...on,
      config: { rollout: "whitelist", percentage: 5, users: ["ann", "cleo", "ben", "dan"] },
    });
  });

  it("of a cohort takes all there are, where they are fewer", () => {
    const nobody = setting({ config: {} });
    expect(settingsFor(nobody, { kind: "cohort", size: 20 }, cohort).config?.users).toEqual(cohort);
  });

  it("of nobody switches the flag off and touches nothing else", () => {
    expect(settingsFor(setting({ enabled: true }), "nobody", cohort)).toEqual({ enabled: false });
  });

  it.each<RampReach | "nobody">([
    { kind: "percentage", percentage: 0 },
    { kind: "percentage", percentage: 100 },
    { kind: "tenants", share: 0 },
    { kind: "tenants", share: 99.999 },
    { kind: "cohort", size: 1 },
    "nobody",
  ])("is a change that can be saved: %o", (reach) => {
    const { key, revision } = setting();
    const change = { key, revision, set: settingsFor(setting(), reach, cohort), because: "The ramp went on." };
    expect(SaveFlag.safeParse(change).success).toBe(true);
  });

  it("of a cohort keeps everybody who was in when it grows, whoever signed up in between", () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 40 });
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(ids, ids, size, size, (then, now, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const before = setting(settingsFor(setting(), { kind: "cohort", size: small }, then));
        const users = settingsFor(before, { kind: "cohort", size: large }, now).config?.users ?? [];
        expect(users).toEqual(expect.arrayContaining(before.config.users ?? []));
        expect(new Set(users).size).toBe(users.length);
      }),
    );
  });
});

it("of a cohort lets in no more than it says, whatever was before, and is the same when it is done again", () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 40 });
  const reach = fc.record({ kind: fc.constant("cohort" as const), size: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(ids, ids, reach, (users, now, of) => {
      const before = setting({ config: { users } });
      const wanted = settingsFor(before, of, now);
      const isInvited = (id: string) => now.includes(id);
      expect(wanted.config?.users?.filter(isInvited)).toHaveLength(Math.min(of.size, now.length));
      expect(wanted.config?.users?.filter((id) => !isInvited(id))).toEqual(users.filter((id) => !isInvited(id)));
      expect(settingsFor(setting(wanted), of, now)).toEqual(wanted);
    }),
  );
});

describe("the canaries", () => {
  const house = (name: string, scansInWeek: number, given: Partial<CanaryCandidate> = {}): CanaryCandidate => ({
    tenantId: name,
    name,
    template: "hotel",
    scansInWeek,
    hasAdmin: true,
    isPicked: false,
    ...given,
  });
  const picked = (...houses: CanaryCandidate[]) =>
    pickCanaries(houses)
      .filter(({ isPicked }) => isPicked)
      .map(({ name }) => name);

  it("are the most active house and the most active one of another kind", () => {
    const houses = [
      house("small hotel", 90),
      house("spa", 60, { template: "spa" }),
      house("large hotel", 300),
      house("library", 70, { template: "library" }),
    ];
    expect(picked(...houses)).toEqual(["large hotel", "library"]);
  });

  it("are of one kind where there is no other", () => {
    expect(picked(house("a", 60), house("b", 80), house("c", 70))).toEqual(["b", "c"]);
  });

  it("have more than 50 scans a week", () => {
    expect(picked(house("a", 50), house("b", 51))).toEqual(["b"]);
  });

  it("have somebody who can report what goes wrong", () => {
    expect(picked(house("a", 900, { hasAdmin: false }), house("b", 51))).toEqual(["b"]);
  });

  it("are nobody where nobody meets the criteria", () => {
    expect(picked(house("a", 3), house("b", 400, { hasAdmin: false }))).toEqual([]);
    expect(pickCanaries([])).toEqual([]);
  });

  it("are the same in whatever order the houses come", () => {
    const houses = [house("a", 60), house("b", 60), house("c", 60, { template: "spa" }), house("d", 60)];
    expect(picked(...houses)).toEqual(["a", "c"]);
    expect(picked(...houses.toReversed()).toSorted()).toEqual(["a", "c"]);
  });

  it("are marked among all the others, which stay as they were", () => {
    const houses = [house("a", 10, { isPicked: true }), house("b", 60)];
    expect(pickCanaries(houses)).toEqual([house("a", 10), house("b", 60, { isPicked: true })]);
    expect(houses[0]?.isPicked, "what was given").toBe(true);
  });
});
