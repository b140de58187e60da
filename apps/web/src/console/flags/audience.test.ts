import type { TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { audienceOf } from "./audience.ts";

const plain = { targetTenants: null, tenantShare: null, config: {}, denied: {}, prerequisites: [] };
const [one, two] = ["one", "two"] as unknown as [TenantId, TenantId];

describe("whom a flag is for", () => {
  it.each([
    ["Everybody in all tenants", "everybody", {}],
    ["Everybody in 2 tenants", "some", { targetTenants: [one, two] }],
    ["Everybody in the oldest 25 % of tenants", "some", { tenantShare: 25 }],
    ["Everybody in 1 tenant and the oldest 25 % of tenants", "some", { targetTenants: [one], tenantShare: 25 }],
    ["Nobody: no tenant is chosen", "nobody", { targetTenants: [] }],
    ["10 % of people in all tenants", "some", { config: { rollout: "percentage", percentage: 10 } }],
    ["100 % of people in all tenants", "everybody", { config: { rollout: "percentage", percentage: 100 } }],
    ["Nobody yet: 0 % of people in all tenants", "nobody", { config: { rollout: "percentage", percentage: 0 } }],
    [
      "0.125 % of desks in all tenants",
      "some",
      { config: { rollout: "percentage", percentage: 0.125, unit: "device" } },
    ],
    ["10 % of tenants", "some", { config: { rollout: "percentage", percentage: 10, unit: "tenant" } }],
    ["Nobody: its lists are empty", "nobody", { config: { rollout: "whitelist" } }],
    [
      "Only 2 people, 1 thing by name",
      "some",
      { config: { rollout: "whitelist", users: ["a", "b"], resources: ["c"] } },
    ],
    [
      "10 % of people in 1 tenant, and 1 desk by name",
      "some",
      { targetTenants: [one], config: { rollout: "percentage", percentage: 10, devices: ["d"] } },
    ],
    [
      "Everybody in all tenants, except 1 person, 2 tenants by name",
      "some",
      { denied: { users: ["a"], tenants: ["b", "c"] } },
    ],
    ["Everybody in all tenants, where qr-checkout-enabled is on", "some", { prerequisites: ["qr-checkout-enabled"] }],
  ] as const)("%s: %s", (text, reach, change) => {
    const settings = { ...plain, ...change } as unknown as typeof plain;
    expect(audienceOf(settings)).toEqual({ text, reach });
  });

  it("does not count names where everybody is in already", () => {
    expect(audienceOf({ ...plain, config: { users: ["a"] } }).text).toBe("Everybody in all tenants");
  });
});
