import type { DeviceId, MemberId, TenantId } from "@tessera/contracts";
import type { FlagSetting } from "@tessera/contracts/flags";
import { compileFlags } from "@tessera/domain/flags/evaluate";
import { expect, it } from "vitest";
import { flagAtDesk, flagFor } from "./flag-for.ts";
import type { Caller } from "./platform.ts";

const KEY = "qr-checkout-enabled";
const tenant = { id: "tenant" as TenantId, name: "Tenant" };
const desk: Caller = {
  kind: "device",
  deviceId: "desk" as DeviceId,
  name: "Desk",
  scopes: [],
  standing: "working",
  tenant,
};
const member: Caller = {
  kind: "member",
  memberId: "member" as MemberId,
  name: "Member",
  role: "member",
  waitingRole: null,
  tenant,
};
const staff: Caller = { ...member, role: "staff" };

function flags(given: Partial<FlagSetting>) {
  const setting: FlagSetting = {
    key: KEY,
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
    salt: "salt",
    scheme: "mm3-shift-1",
    revision: 1,
    updatedAt: "2026-11-25T12:00:00.000Z",
    ...given,
  };
  return compileFlags([setting], { tenantsByAge: [], overrides: {}, stale: false });
}

it("is on at a desk as soon as it is on for anybody there, while a member outside the share hears off", () => {
  const few = flags({ config: { rollout: "percentage", percentage: 0.001 } });
  expect(flagFor(few, member, KEY).value).toBe(false);
  expect(flagFor(few, desk, KEY).value).toBe(true);
  expect(flagAtDesk(few, staff, KEY).value).toBe(true);
});

it("is off at a desk that is on the deny list, and on at one that is on the allow list", () => {
  expect(flagFor(flags({ denied: { devices: ["desk"] } }), desk, KEY)).toMatchObject({ value: false, rule: "deny" });
  const listed = flags({ config: { rollout: "whitelist", devices: ["desk"] } });
  expect(flagFor(listed, desk, KEY)).toMatchObject({ value: true, rule: "allow" });
});

it("counts desks where the share is of desks", () => {
  const share = (percentage: number) => flags({ config: { rollout: "percentage", percentage, unit: "device" } });
  expect(flagFor(share(0), desk, KEY)).toMatchObject({ value: false, rule: "percentage" });
  expect(flagFor(share(100), desk, KEY)).toMatchObject({ value: true, rule: "percentage" });
});

it("is off at every desk of a tenant it is not for", () => {
  expect(flagFor(flags({ targetTenants: [] }), desk, KEY).value).toBe(false);
});
