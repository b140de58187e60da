import type { FlagSetting } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { standingOf } from "./standing.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-25T15:00:00Z") };
const AT = "2026-11-25T14:02:00.000Z";
const INCIDENT = "a0000000-0000-4000-8000-000000000001";

const on: FlagSetting = {
  key: "qr-checkout-enabled",
  description: "",
  enabled: true,
  archived: false,
  targetTenants: null,
  tenantShare: null,
  config: {},
  denied: {},
  prerequisites: [],
  age: { minutes: 1440, after: "keep" },
  killed: null,
  breaker: { state: "closed" },
  salt: "s",
  scheme: "mm3-shift-1",
  revision: 7,
  updatedAt: AT,
};
const standing = (change: Partial<FlagSetting>, override: boolean | null = null) =>
  standingOf({ setting: { ...on, ...change }, override }, speech);

const killed = { at: AT, because: "codes are refused", by: "somebody" };
const open = { state: "open", since: AT, incidentId: INCIDENT } as const;
const tenth = { rollout: "percentage", percentage: 10 } as const;

describe("a flag", () => {
  it.each([
    ["on", "Everybody in all tenants.", {}],
    ["partly", "10 % of people in all tenants.", { config: tenth }],
    ["off", "Switched off. Once on, it is for 10 % of people in all tenants.", { enabled: false, config: tenth }],
    ["off", "Archived: off for everybody.", { archived: true, killed }],
    ["off", "Killed since 14:02: codes are refused.", { killed, breaker: open }],
    ["off", "The breaker is open since 14:02: off for everybody.", { breaker: open }],
    [
      "partly",
      "The breaker tries again with 1 % of: everybody in all tenants.",
      { breaker: { ...open, state: "half_open", share: 1 } },
    ],
  ] as const)("is %s: %s", (state, text, change) => {
    expect(standing(change as Partial<FlagSetting>)).toEqual({ state, text });
  });

  it("is what the environment says, whatever is set", () => {
    expect(standing({ enabled: false }, true).state).toBe("on");
    expect(standing({}, false)).toEqual({ state: "off", text: "The environment switches it off for everybody." });
  });

  it("stays off where it is killed or its breaker is open, whatever the environment says", () => {
    expect(standing({ killed }, true).state).toBe("off");
    expect(standing({ breaker: open }, true).state).toBe("off");
  });
});
