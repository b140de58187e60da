import { type FlagDecision, type FlagKey, type FlagRule, flagRules, portalDefaults } from "@tessera/contracts";
import type { BreakerState, FlagConfig, FlagSetting } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { flagSet, INCIDENT, NOON, setting, somebody, tenant } from "./testing.ts";

const KEY = "qr-checkout-enabled";
const [mine, other] = [tenant(0), tenant(1)];
const me = somebody({ userId: "user-42", resourceId: "bike-7", deviceId: "desk-1" });
const killed = { at: NOON, because: "it burns", by: "operator" };
const open: BreakerState = { state: "open", since: NOON, incidentId: INCIDENT };
const trying = (share: number): BreakerState => ({ state: "half_open", since: NOON, incidentId: INCIDENT, share });

describe("the rules", () => {
  /** Each rule, with what makes it answer. */
  const layers: Record<FlagRule, { set: Partial<FlagSetting>; answer: Pick<FlagDecision, "value" | "reason"> }> = {
    archived: { set: { archived: true }, answer: { value: false, reason: "DISABLED" } },
    killed: { set: { killed }, answer: { value: false, reason: "KILLED" } },
    breaker: { set: { breaker: open }, answer: { value: false, reason: "BREAKER_OPEN" } },
    environment: { set: {}, answer: { value: true, reason: "OVERRIDE" } },
    enabled: { set: { enabled: false }, answer: { value: false, reason: "DISABLED" } },
    prerequisites: {
      set: { prerequisites: ["ff/qr_unified_portal"] },
      answer: { value: false, reason: "PREREQUISITE" },
    },
    deny: { set: { denied: { users: ["user-42"] } }, answer: { value: false, reason: "TARGETING_MATCH" } },
    allow: { set: { config: { users: ["user-42"] } }, answer: { value: true, reason: "TARGETING_MATCH" } },
    tenants: { set: { targetTenants: [other] }, answer: { value: false, reason: "DEFAULT" } },
    percentage: {
      set: { config: { rollout: "percentage", percentage: 50 } },
      answer: { value: true, reason: "SPLIT" },
    },
    default: { set: {}, answer: { value: true, reason: "STATIC" } },
  };

  function decided(rules: readonly FlagRule[]): FlagDecision {
    const sets = rules.map((rule) => layers[rule].set);
    const config: FlagConfig = Object.assign({}, ...sets.map((set) => set.config));
    const whole = setting({ ...Object.assign({}, ...sets), config });
    return flagSet([whole], { overrides: rules.includes("environment") ? { [KEY]: true } : {} }).decide(KEY, me);
  }

  it.each(flagRules)("%s answers before all that stand below it", (rule) => {
    const below = flagRules.slice(flagRules.indexOf(rule));
    expect(decided(below)).toMatchObject({ rule, ...layers[rule].answer });
  });

  it.each(flagRules)("%s answers alone", (rule) => {
    expect(decided([rule])).toMatchObject({ rule, ...layers[rule].answer });
  });
});

it("is off when nobody ever made it", () => {
  expect(flagSet([]).decide(KEY, me)).toEqual({
    ...{ key: KEY, value: false, reason: "UNKNOWN", rule: "default", bucket: null, scheme: "mm3-shift-1" },
    ...{ revision: 0, stale: false, values: null },
  });
});

it("is off for a key that is no flag at all", () => {
  const flags = flagSet([setting()]);
  for (const key of ["", "no-such-flag", "constructor", "__proto__", "toString"] as string[] as FlagKey[]) {
    expect(flags.decide(key, me)).toMatchObject({ value: false, reason: "UNKNOWN" });
    expect(flags.reaches(key, mine)).toMatchObject({ value: false, reason: "UNKNOWN" });
    expect(flags.explain(key, me).decision).toMatchObject({ value: false, reason: "UNKNOWN" });
  }
});

it("bears the revision of its setting, and the set bears the highest", () => {
  const flags = flagSet([setting({ revision: 8 }), setting({ key: "ff/qr_unified_portal", revision: 5 })]);
  expect(flags.decide("ff/qr_unified_portal", me).revision).toBe(5);
  expect(flags.revision).toBe(8);
  expect(flagSet([]).revision).toBe(0);
});

it("says of every decision that it may be old, when the settings are", () => {
  const flags = flagSet([setting({ config: { rollout: "percentage", percentage: 50 } })], { stale: true });
  expect([flags.decide(KEY, me).stale, flags.decide("ff/qr_unified_portal", me).stale]).toEqual([true, true]);
});

describe("the environment", () => {
  it("sets it off, whatever else is set", () => {
    const flags = flagSet([setting({ config: { users: ["user-42"] } })], { overrides: { [KEY]: false } });
    expect(flags.decide(KEY, me)).toMatchObject({ value: false, reason: "OVERRIDE" });
  });

  it("sets it on though it is off, denied, and for other tenants", () => {
    const off = setting({ enabled: false, denied: { users: ["user-42"] }, targetTenants: [other] });
    expect(flagSet([off], { overrides: { [KEY]: true } }).decide(KEY, me)).toMatchObject({
      value: true,
      reason: "OVERRIDE",
    });
  });

  it.each([
    ["the archive", { archived: true }, "DISABLED"],
    ["the kill switch", { killed }, "KILLED"],
    ["the breaker", { breaker: open }, "BREAKER_OPEN"],
    ["a breaker that tries again with others", { breaker: trying(1) }, "BREAKER_OPEN"],
  ] as const)("does not lift %s", (_, set, reason) => {
    expect(flagSet([setting(set)], { overrides: { [KEY]: true } }).decide(KEY, me)).toMatchObject({
      value: false,
      reason,
    });
  });
});

describe("the values of the portal", () => {
  const PORTAL = "ff/qr_unified_portal";

  it("are the defaults where nothing is set, whether it is on or off", () => {
    expect(flagSet([setting({ key: PORTAL })]).decide(PORTAL, me).values).toEqual(portalDefaults);
    expect(flagSet([setting({ key: PORTAL, enabled: false })]).decide(PORTAL, me).values).toEqual(portalDefaults);
  });

  it("are what is set, and the defaults for the rest", () => {
    const config = {
      camera_enabled: false,
      max_requests_per_session: 3,
      rollout: "percentage",
      percentage: 100,
    } as const;
    expect(flagSet([setting({ key: PORTAL, config })]).decide(PORTAL, me).values).toEqual({
      ...{ camera_enabled: false, offline_enabled: true, short_urls_enabled: true, max_requests_per_session: 3 },
    });
  });

  it("are carried by no other flag", () => {
    expect(flagSet([setting({ config: { camera_enabled: false } })]).decide(KEY, me).values).toBeNull();
  });
});
