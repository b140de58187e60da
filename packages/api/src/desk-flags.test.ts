import { flagScheme, type KeyState, type TenantId } from "@tessera/contracts";
import type { FlagSetting } from "@tessera/contracts/flags";
import { compileFlags } from "@tessera/domain/flags/evaluate";
import { readSignedSet } from "@tessera/domain/flags/signed-set";
import { toBase64url } from "@tessera/domain/qr/base64url";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import type { SigningKey } from "@tessera/domain/qr/signing-key";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { describe, expect, it } from "vitest";
import { type DeskFlagTools, signedDeskFlags } from "./desk-flags.ts";

const NOON = new Date("2026-11-22T12:00:00.000Z");
const HOUSE = "00000000-0000-4000-8000-000000000007" as TenantId;

const checkout: FlagSetting = {
  key: "qr-checkout-enabled",
  description: "",
  enabled: true,
  archived: false,
  targetTenants: null,
  tenantShare: null,
  config: { rollout: "whitelist", users: ["ann"] },
  denied: {},
  prerequisites: [],
  age: { minutes: 10, after: "off" },
  killed: null,
  breaker: { state: "closed" },
  salt: "salt",
  scheme: flagScheme,
  revision: 7,
  updatedAt: NOON.toISOString(),
};

/** A tenant with three keys, and one flag that is on for one person. */
async function house({ isAway = false } = {}) {
  const signing = await codeSigning("s".repeat(32));
  const states: KeyState[] = ["retiring", "active", "next"];
  const made = states.map(async (state, keyId): Promise<SigningKey> => {
    const salt = new Uint8Array(32).fill(keyId);
    return { keyId, state, since: NOON, salt, publicKey: await signing.publicKeyOf(HOUSE, { keyId, salt }) };
  });
  const ring = await Promise.all(made);
  let flags = compileFlags([], { tenantsByAge: [], overrides: {}, stale: false });
  const platform = {
    signing,
    now: () => NOON,
    flags: {
      reaches: (...asked: Parameters<typeof flags.reaches>) => flags.reaches(...asked),
      settings: () => [checkout],
      refresh: async () => {
        if (!isAway) flags = compileFlags([checkout], { tenantsByAge: [HOUSE], overrides: {}, stale: false });
        return !isAway;
      },
    },
  };
  const [, active] = ring;
  const tenant = { keyBook: { ring: async () => ring, ensureActive: async () => active } };
  const tools = { platform, scope: HOUSE as string as TenantScope, tenant } as unknown as DeskFlagTools;
  const keys = ring.map(({ keyId, publicKey }) => ({ keyId, publicKey: toBase64url(publicKey) }));
  return { tools, keys };
}

describe("the flags of a desk", () => {
  it("are read anew, and on when they are for anybody of the tenant; each with its age", async () => {
    const { tools, keys } = await house();
    const signed = await signedDeskFlags(tools);
    expect(signed.keyId).toBe(1);
    const [, active, next] = keys;
    expect(await readSignedSet(signed, { tenantId: HOUSE, keys: active ? [active] : [] })).toEqual({
      tenantId: HOUSE,
      issuedAt: NOON.toISOString(),
      keys: [active, next],
      flags: [
        { key: "qr-checkout-enabled", value: true, revision: 7, age: { minutes: 10, after: "off" } },
        { key: "ff/qr_unified_portal", value: false, revision: 0, age: { minutes: 60, after: "off" } },
      ],
    });
  });

  it("are not signed by a process that cannot read them", async () => {
    const { tools } = await house({ isAway: true });
    await expect(signedDeskFlags(tools)).rejects.toMatchObject({ failure: "unavailable" });
  });
});
