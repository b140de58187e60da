import type { BreakerState, FlagConfig, FlagSetting, FlagUnit } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { bucketsOf } from "./bucket.ts";
import { flagSet, INCIDENT, NOON, setting, somebody, tenant } from "./testing.ts";

const KEY = "qr-checkout-enabled";
const [mine, other] = [tenant(0), tenant(1)];
const me = somebody({ userId: "user-42", resourceId: "bike-7", deviceId: "desk-1" });
const trying = (share: number): BreakerState => ({ state: "half_open", since: NOON, incidentId: INCIDENT, share });

describe("a breaker that tries again", () => {
  const bucketOf = bucketsOf(`${setting().salt}:try`);
  const people = Array.from({ length: 1_000 }, (_, at) => `user-${at}`);
  const hundredThousand = Array.from({ length: 100_000 }, (_, at) => `user-${at}`);

  it("lets in the first buckets of its share, and nobody else", () => {
    const flags = flagSet([setting({ breaker: trying(10) })]);
    for (const userId of people) {
      const isIn = bucketOf(userId) < 10_000;
      const decision = flags.decide(KEY, somebody({ userId }));
      expect(decision).toMatchObject(
        isIn ? { value: true, rule: "default" } : { value: false, reason: "BREAKER_OPEN", bucket: bucketOf(userId) },
      );
    }
  });

  it("begins with the bucket of the person, and ends before the edge", () => {
    const decided = (share: number) => flagSet([setting({ breaker: trying(share) })]).decide(KEY, me);
    expect([decided(5.248).value, decided(5.249).value]).toEqual([false, true]); // bucket 5,248 of its own
  });

  it("is a share of those whom a rollout lets in, whatever their share of all", () => {
    const counts = (percentage: number, share: number) => {
      const flags = flagSet([setting({ breaker: trying(share), config: { rollout: "percentage", percentage } })]);
      return hundredThousand.filter((userId) => flags.decide(KEY, somebody({ userId })).value).length;
    };
    // of 10,000 the tenth, and of 50,000: within five standard deviations
    expect(Math.abs(counts(10, 10) - 1_000)).toBeLessThan(150);
    expect(Math.abs(counts(50, 10) - 5_000)).toBeLessThan(350);
  });

  it("lets in nobody whom the rules below would not", () => {
    const flags = flagSet([setting({ breaker: trying(100), targetTenants: [other] })]);
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, rule: "tenants" });
  });

  it("keeps out who is not named", () => {
    expect(flagSet([setting({ breaker: trying(99) })]).decide(KEY, somebody())).toMatchObject({
      ...{ value: false, reason: "BREAKER_OPEN", bucket: null },
    });
  });

  it("takes its share of the unit that the flag counts", () => {
    const flags = flagSet([setting({ breaker: trying(40), config: { unit: "device" } })]);
    const decision = flags.decide(KEY, somebody({ userId: "user-42", deviceId: "tenant-1" }));
    expect(decision).toMatchObject({ value: false, bucket: bucketOf("tenant-1") });
  });
});

describe("the lists", () => {
  it.each([
    ["users", "user-42"],
    ["resources", "bike-7"],
    ["devices", "desk-1"],
  ] as const)("let in and keep out by %s", (list, id) => {
    const allowing = flagSet([setting({ config: { rollout: "whitelist", [list]: ["x", id] } })]);
    const denying = flagSet([setting({ denied: { [list]: ["x", id] } })]);
    expect(allowing.decide(KEY, me)).toMatchObject({ value: true, rule: "allow" });
    expect(denying.decide(KEY, me)).toMatchObject({ value: false, rule: "deny" });
    expect(allowing.decide(KEY, somebody())).toMatchObject({ value: false, rule: "default" });
    expect(denying.decide(KEY, somebody())).toMatchObject({ value: true, rule: "default" });
  });

  it("keep a whole tenant out", () => {
    const flags = flagSet([setting({ denied: { tenants: [mine] } })]);
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, rule: "deny" });
    expect(flags.decide(KEY, somebody({ tenantId: other }))).toMatchObject({ value: true });
  });

  it("do not take one kind of id for another", () => {
    const flags = flagSet([setting({ config: { rollout: "whitelist", users: ["bike-7"], devices: ["user-42"] } })]);
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, reason: "DEFAULT" });
  });

  it("name nobody when they are empty", () => {
    const flags = flagSet([setting({ config: { rollout: "whitelist", users: [] }, denied: { users: [] } })]);
    expect(flags.explain(KEY, me).steps.filter(({ part }) => part !== "unset")).toMatchObject([{ rule: "default" }]);
  });

  it("may be 100,000 ids long", () => {
    const users = Array.from({ length: 100_000 }, (_, at) => `user-${at}`);
    const flags = flagSet([setting({ config: { rollout: "whitelist", users } })]);
    expect(users.every((userId) => flags.decide(KEY, somebody({ userId })).value)).toBe(true);
    expect(flags.decide(KEY, somebody({ userId: "user-100000" })).value).toBe(false);
  });
});

describe("the tenants", () => {
  const on = (set: Partial<FlagSetting>, tenantsByAge = [tenant(0), tenant(1), tenant(2), tenant(3)]) => {
    const flags = flagSet([setting(set)], { tenantsByAge });
    return tenantsByAge.filter((tenantId) => flags.decide(KEY, somebody({ tenantId })).value);
  };

  it("are all of them when no list is set", () => expect(on({})).toHaveLength(4));
  it("are none of them when the list is empty", () => expect(on({ targetTenants: [] })).toEqual([]));
  it("are those of the list", () => expect(on({ targetTenants: [other] })).toEqual([other]));
  it("are the oldest ones of a share", () => expect(on({ tenantShare: 50 })).toEqual([tenant(0), tenant(1)]));
  it("are those of the list and the oldest ones", () => {
    expect(on({ tenantShare: 25, targetTenants: [tenant(3)] })).toEqual([tenant(0), tenant(3)]);
  });

  it.each([
    [0, 4, 0],
    [100, 4, 4],
    [12, 4, 0], // 0.48
    [12.5, 4, 1], // 0.5: a half goes up, as ROUND of a numeric does
    [50, 3, 2],
    [25, 10, 3],
    [35, 10, 4],
    [64.6, 250, 162], // 161.5, which a float of 250 * 64.6 / 100 misses
    [9.2, 375, 35],
    [99.999, 100, 100],
    [50, 0, 0],
  ])("%d % of %i are %i, as a LIMIT in SQL has it", (tenantShare, count, expected) => {
    expect(
      on(
        { tenantShare },
        Array.from({ length: count }, (_, at) => tenant(at)),
      ),
    ).toHaveLength(expected);
  });

  it("still have to be in the share of the people, or on the list of them", () => {
    const inside = flagSet([setting({ targetTenants: [mine], config: { rollout: "percentage", percentage: 0 } })]);
    expect(inside.decide(KEY, me)).toMatchObject({ value: false, rule: "percentage" });
    const listed = flagSet([setting({ targetTenants: [mine], config: { rollout: "whitelist" } })]);
    expect(listed.decide(KEY, me)).toMatchObject({ value: false, reason: "DEFAULT", rule: "default" });
  });
});

describe("a percentage", () => {
  const flagged = (config: FlagConfig) => flagSet([setting({ config: { rollout: "percentage", ...config } })]);

  it("begins with the bucket of the person, and ends before the edge", () => {
    // user-42 is in bucket 33,431 of the salt kiosk-v2
    expect(flagged({ percentage: 33.431 }).decide(KEY, me)).toMatchObject({ value: false, bucket: 33_431 });
    expect(flagged({ percentage: 33.432 }).decide(KEY, me)).toMatchObject({ value: true, bucket: 33_431 });
  });

  it.each([
    ["user", { userId: "tenant-1" }],
    ["device", { deviceId: "tenant-1" }],
    ["resource", { resourceId: "tenant-1" }],
  ] as const)("may be one of each %s", (unit: FlagUnit, subject) => {
    expect(flagged({ unit, percentage: 95 }).decide(KEY, somebody(subject))).toMatchObject({
      value: true,
      bucket: 90_489,
    });
    expect(flagged({ unit, percentage: 100 }).decide(KEY, somebody())).toMatchObject({
      ...{ value: false, reason: "TARGETING_KEY_MISSING", bucket: null },
    });
  });

  it("may be one of the tenants, who are always named", () => {
    expect(flagged({ unit: "tenant", percentage: 100 }).decide(KEY, somebody())).toMatchObject({ reason: "SPLIT" });
  });

  it("is nobody's when it is left out", () => {
    expect(flagged({}).decide(KEY, me)).toMatchObject({ value: false, reason: "SPLIT" });
  });
});
