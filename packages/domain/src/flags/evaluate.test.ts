import type { TenantId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { evaluateFlag, type FlagSetting } from "./evaluate.ts";

const [mine, other] = ["mine" as TenantId, "other" as TenantId];
const setting = (given: Partial<FlagSetting> = {}): FlagSetting => ({
  key: "qr-checkout-enabled",
  enabled: true,
  archived: false,
  killedAt: null,
  targetTenants: [],
  revision: 3,
  ...given,
});
const killedAt = new Date("2026-11-21T12:00:00Z");

it.each([
  ["is on for everybody when it names no tenant", setting(), true, "STATIC"],
  ["is on for a tenant it names", setting({ targetTenants: [mine] }), true, "TARGETING_MATCH"],
  ["is off for a tenant it does not name", setting({ targetTenants: [other] }), false, "DEFAULT"],
  ["is off when it is switched off", setting({ enabled: false }), false, "DISABLED"],
  ["is off when it is killed, whatever it is set to", setting({ killedAt, targetTenants: [mine] }), false, "KILLED"],
  ["is off when it is archived, even while killed", setting({ archived: true, killedAt }), false, "DISABLED"],
  ["is off when nobody ever made it", undefined, false, "UNKNOWN"],
] as const)("%s", (_sentence, given, value, reason) => {
  expect(evaluateFlag("qr-checkout-enabled", given, mine)).toMatchObject({ value, reason });
});
