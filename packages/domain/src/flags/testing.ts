import { flagScheme, type TenantId } from "@tessera/contracts";
import type { FlagSetting, FlagSubject } from "@tessera/contracts/flags";
import { compileFlags, type FlagFacts, type FlagSet } from "./evaluate.ts";

export const NOON = "2026-11-22T12:00:00.000Z";
export const INCIDENT = "00000000-0000-4000-8000-00000000c0de";

/** @param number From 0: 0 is the oldest tenant. */
export const tenant = (number: number): TenantId =>
  `00000000-0000-4000-8000-${String(number).padStart(12, "0")}` as TenantId;

/** @returns A flag that is on for everybody, but for what is given. */
export const setting = (given: Partial<FlagSetting> = {}): FlagSetting => ({
  key: "qr-checkout-enabled",
  description: "",
  enabled: true,
  archived: false,
  targetTenants: null,
  tenantShare: null,
  config: {},
  denied: {},
  prerequisites: [],
  age: { minutes: 60, after: "keep" },
  killed: null,
  breaker: { state: "closed" },
  salt: "kiosk-v2",
  scheme: flagScheme,
  revision: 3,
  updatedAt: NOON,
  ...given,
});

/** @param facts No tenants, no overrides and not stale, but for these. */
export const flagSet = (settings: readonly FlagSetting[], facts: Partial<FlagFacts> = {}): FlagSet =>
  compileFlags(settings, { tenantsByAge: [], overrides: {}, stale: false, ...facts });

/** @returns Somebody of the oldest tenant, but for what is given. */
export const somebody = (given: Partial<FlagSubject> = {}): FlagSubject => ({ tenantId: tenant(0), ...given });
