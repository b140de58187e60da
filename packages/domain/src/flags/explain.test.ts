import { flagKeys, flagRules } from "@tessera/contracts";
import type { FlagSetting, FlagSubject } from "@tessera/contracts/flags";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagSet, INCIDENT, NOON, setting, somebody, tenant } from "./testing.ts";

const KEY = "qr-checkout-enabled";

/** So few that lists often name who asks. */
const id = fc.constantFrom("a", "b", "c", "user-42", "");
const tenantId = fc.integer({ min: 0, max: 4 }).map(tenant);
const ids = fc.option(fc.array(id, { maxLength: 3 }), { nil: undefined });
const percentage = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1_000);
const since = { since: NOON, incidentId: INCIDENT };

const anySetting = fc.record<Partial<FlagSetting>>({
  key: fc.constantFrom(...flagKeys),
  enabled: fc.boolean(),
  archived: fc.constantFrom(false, false, true),
  killed: fc.constantFrom(null, null, { at: NOON, because: "it burns", by: "operator" }),
  breaker: fc.oneof(
    fc.constant({ state: "closed" } as const),
    fc.constant({ state: "open", ...since } as const),
    percentage.map((share) => ({ state: "half_open", ...since, share }) as const),
  ),
  targetTenants: fc.option(fc.array(tenantId, { maxLength: 3 })),
  tenantShare: fc.option(percentage),
  config: fc.record({
    rollout: fc.constantFrom(undefined, "everyone", "whitelist", "percentage"),
    percentage: fc.option(percentage, { nil: undefined }),
    unit: fc.constantFrom(undefined, "user", "device", "tenant", "resource"),
    ...{ users: ids, resources: ids, devices: ids },
  }),
  denied: fc.record({
    ...{ users: ids, resources: ids, devices: ids },
    tenants: fc.option(fc.array(tenantId, { maxLength: 2 }), { nil: undefined }),
  }),
  prerequisites: fc.uniqueArray(fc.constantFrom(...flagKeys)),
  salt: fc.string({ minLength: 1 }),
});
const anySet = fc
  .record({
    settings: fc.uniqueArray(anySetting.map(setting), { selector: ({ key }) => key }),
    overrides: fc.constantFrom({}, {}, { [KEY]: true }, { [KEY]: false }),
    tenantsByAge: fc.uniqueArray(tenantId),
  })
  .map(({ settings, ...facts }) => flagSet(settings, facts));
const anybody: fc.Arbitrary<FlagSubject> = fc.record({
  ...{ tenantId, userId: fc.option(id), deviceId: fc.option(id), resourceId: fc.option(id) },
});

describe("for any settings and anybody", () => {
  const each = (promise: (set: ReturnType<typeof flagSet>, who: FlagSubject, key: (typeof flagKeys)[number]) => void) =>
    fc.assert(fc.property(anySet, anybody, fc.constantFrom(...flagKeys), promise), { numRuns: 2_000 });

  it("the explanation has the decision, and every rule in its order", () =>
    each((set, who, key) => {
      const { decision, steps } = set.explain(key, who);
      expect(decision).toEqual(set.decide(key, who));
      expect(steps.map(({ rule }) => rule)).toEqual(flagRules);
    }));

  it("exactly one rule decided, which is the decision's; those before it passed, those after it were not asked", () =>
    each((set, who, key) => {
      const { decision, steps } = set.explain(key, who);
      const at = steps.findIndex(({ part }) => part === "decided");
      expect(steps[at]?.rule).toBe(decision.rule);
      expect(steps.slice(0, at).filter(({ part }) => part !== "passed" && part !== "unset")).toEqual([]);
      expect(steps.slice(at + 1).filter(({ part }) => part !== "unasked" && part !== "unset")).toEqual([]);
    }));

  it("what is on for somebody reaches their tenant", () =>
    each((set, who, key) => {
      if (set.decide(key, who).value) expect(set.reaches(key, who.tenantId).value).toBe(true);
    }));
});

it("says the facts a rule went by", () => {
  const flags = flagSet([setting({ targetTenants: [tenant(0)], config: { rollout: "percentage", percentage: 10 } })]);
  const says = flags.explain(KEY, somebody({ userId: "user-42" })).steps.filter(({ part }) => part !== "unset");
  expect(says).toEqual([
    { rule: "tenants", part: "passed", says: "It is for 1 tenants; this one is one of them." },
    {
      ...{ rule: "percentage", part: "decided" },
      says: "10 % of each user: user-42 is in bucket 33431, and buckets below 10000 are in.",
    },
    { rule: "default", part: "unasked", says: "It is on for everybody." },
  ]);
});

it("says of a flag that nobody made just that", () => {
  const decided = flagSet([])
    .explain(KEY, somebody())
    .steps.find(({ part }) => part === "decided");
  expect(decided).toEqual({ rule: "default", part: "decided", says: "Nobody ever made this flag." });
});

describe("the reach of a flag", () => {
  const reaches = (set: Partial<FlagSetting>, who = tenant(0)) => flagSet([setting(set)]).reaches(KEY, who);

  it.each([
    ["is what switches it for all", { enabled: false }, false],
    ["ends at a denied tenant", { denied: { tenants: [tenant(0)] } }, false],
    ["does not end where some are denied", { denied: { users: ["a"] } }, true],
    [
      "goes everywhere when somebody is on a list, for they may be anywhere",
      { targetTenants: [], config: { users: ["a"] } },
      true,
    ],
    ["ends outside of the tenants it is for", { targetTenants: [tenant(1)] }, false],
    ["is nowhere when it is for the lists, and they name nobody", { config: { rollout: "whitelist" } }, false],
    ["goes wherever a share of the people may be", { config: { rollout: "percentage", percentage: 0.001 } }, true],
    ["is nowhere at nothing", { config: { rollout: "percentage", percentage: 0 } }, false],
    ["goes wherever a breaker tries again", { breaker: { state: "half_open", ...since, share: 1 } }, true],
    ["is nowhere while a breaker tries with nobody", { breaker: { state: "half_open", ...since, share: 0 } }, false],
  ] satisfies [string, Partial<FlagSetting>, boolean][])("%s", (_, set, value) => {
    expect(reaches(set).value).toBe(value);
  });

  it("is the tenants of a share, when it is tenants that are counted", () => {
    for (const number of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const config = { rollout: "percentage", percentage: 50, unit: "tenant" } as const;
      const breaker = { state: "half_open", ...since, share: 50 } as const;
      for (const set of [{ config }, { config: { unit: "tenant" as const }, breaker }]) {
        const decided = flagSet([setting(set)]).decide(KEY, somebody({ tenantId: tenant(number) }));
        expect(reaches(set, tenant(number)).value).toBe(decided.value);
      }
    }
  });
});
