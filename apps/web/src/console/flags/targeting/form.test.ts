import type { TenantId } from "@tessera/contracts";
import type { FlagSetting, FlagSettings } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { changesIn, formOf, rebased, settingsIn, type TargetingForm } from "./form.ts";

const LIBRARY = "a0000000-0000-4000-8000-000000000001" as TenantId;
const HOTEL = "a0000000-0000-4000-8000-000000000002" as TenantId;

const setting = (change: Partial<FlagSetting> = {}): FlagSetting => ({
  key: "ff/qr_unified_portal",
  description: "Guests open the portal.",
  enabled: true,
  archived: false,
  targetTenants: null,
  tenantShare: null,
  config: {},
  denied: {},
  prerequisites: [],
  age: { minutes: 1_440, after: "keep" },
  killed: null,
  breaker: { state: "closed" },
  salt: "s",
  scheme: "mm3-shift-1",
  revision: 7,
  updatedAt: "2026-11-25T14:02:00.000Z",
  ...change,
});
const changed = (was: FlagSetting, typed: Partial<TargetingForm>) => changesIn({ ...formOf(was), ...typed }, was);

describe("a form that nobody touched", () => {
  it.each<[string, Partial<FlagSettings>]>([
    ["for everybody", {}],
    ["for a share", { config: { rollout: "percentage", percentage: 12.345, unit: "tenant" } }],
    ["for everybody, said so", { config: { rollout: "everyone", percentage: 10 } }],
    ["for names", { config: { rollout: "whitelist", users: ["a", "b"], devices: [] } }],
    ["for no tenant", { targetTenants: [] }],
    ["for tenants and a share of them", { targetTenants: [LIBRARY], tenantShare: 25 }],
    ["for a share of tenants", { tenantShare: 25 }],
    ["for a share of tenants, beside an empty list", { targetTenants: [], tenantShare: 25 }],
    ["with names kept out", { denied: { users: ["a"], tenants: [HOTEL] } }],
    ["with values", { config: { camera_enabled: true, max_requests_per_session: 3 } }],
    ["with everything else", { prerequisites: ["qr-checkout-enabled"], age: { minutes: 90, after: "off" } }],
  ])("changes nothing of a flag %s", (_whom, settings) => {
    expect(changed(setting(settings), {})).toEqual({});
  });
});

describe("what is typed", () => {
  it("changes only what it is about, and keeps what else the same column says", () => {
    const was = setting({ config: { rollout: "percentage", percentage: 10, users: ["a"] } });
    expect(changed(was, { percentage: "12,3456" })).toEqual({ config: { ...was.config, percentage: 12.346 } });
    expect(changed(was, { enabled: false })).toEqual({ enabled: false });
  });

  it("takes all tenants for no list and no share, and none chosen for an empty list", () => {
    const was = setting({ targetTenants: [LIBRARY], tenantShare: 25 });
    expect(changed(was, { tenants: "all" })).toEqual({ targetTenants: null, tenantShare: null });
    expect(changed(was, { targetTenants: "", tenantShare: "" })).toEqual({ targetTenants: [], tenantShare: null });
  });

  it("keeps a share for later, when the flag is for everybody for a while", () => {
    const was = setting({ config: { rollout: "percentage", percentage: 10 } });
    expect(changed(was, { rollout: "everyone" })).toEqual({ config: { rollout: "everyone", percentage: 10 } });
  });

  it("writes down a value only where it says something new", () => {
    const values = { ...formOf(setting()).values, camera_enabled: false };
    expect(changed(setting(), { values })).toEqual({ config: { camera_enabled: false } });
  });

  it("leaves a number as it was while it is not one", () => {
    const was = setting({ config: { rollout: "percentage", percentage: 10 } });
    expect(settingsIn({ ...formOf(was), percentage: "1o", age: { amount: "", unit: "days" } }, was)).toMatchObject({
      config: { percentage: 10 },
      age: { minutes: 1_440 },
    });
  });
});

describe("when somebody was faster", () => {
  const was = setting({ config: { users: ["a"], devices: ["d"] } });
  const now = setting({ config: { users: ["a"], devices: ["d", "e"] }, enabled: false, revision: 8 });
  const mine = { ...formOf(was), description: "mine", allowed: { ...formOf(was).allowed, users: "a\nb" } };

  it("what was typed stays, and all else is as it is now", () => {
    const form = rebased(mine, was, now);
    expect(form).toMatchObject({ description: "mine", enabled: false, allowed: { users: "a\nb", devices: "d\ne" } });
    expect(changesIn(form, now)).toEqual({
      description: "mine",
      config: { users: ["a", "b"], devices: ["d", "e"] },
    });
  });

  it("a reason that was typed is not lost either", () => {
    expect(rebased({ ...mine, because: "the guide says so" }, was, now).because).toBe("the guide says so");
  });
});
