import { describe, expect, it } from "vitest";
import { codeSigning } from "../qr/code-signing.ts";
import { codeKeys } from "../qr/keys.ts";
import { rotatingText, stepKeyOf } from "../qr/rotating-code.ts";
import { stepAt } from "../qr/step.ts";
import { NOON, signingTenant } from "../qr/testing.ts";
import { verifyingKeys } from "../qr/verifying-keys.ts";
import { type CodeTools, readText } from "./code-tools.ts";

const [OLD, NEW] = ["o".repeat(32), "n".repeat(32)];

/** A tenant whose code was made under the old secret, and tools of a deployment that has another by now. */
async function afterRotation(kind: "compact" | "signed" | "rotating", accepted: readonly string[]) {
  const tenant = await signingTenant(OLD);
  const key = await tenant.makeKey(4);
  const { text: base, secretPart, stepSecret } = await tenant.mint(kind, key);
  const text = stepSecret ? await rotatingText(base, await stepKeyOf(stepSecret), stepAt(NOON)) : base;
  const made = await tenant.keys.lookupOf(secretPart);
  const older = await Promise.all(accepted.map((secret) => codeKeys(secret)));
  const asked: number[] = [];
  const tools: CodeTools = {
    keys: await codeKeys(NEW),
    older: {
      keys: () => older,
      known: async (lookups) => {
        asked.push(lookups.length);
        return lookups.find((one) => one.every((byte, at) => byte === made[at])) ?? null;
      },
    },
    choices: async () => ({ codeKind: kind, offlinePolicy: "leased", tenantNumber: 7 }),
    ring: () => verifyingKeys([key], NOON),
    signer: () => Promise.reject(new Error("nothing is signed here")),
  };
  return { read: await readText(tools, text), made, asked };
}

describe("a code that was made before the deployment's secret was rotated", () => {
  it.each(["compact", "signed", "rotating"] as const)("is found while the one before is accepted: %s", async (kind) => {
    const { read, made } = await afterRotation(kind, [OLD]);
    expect(read).toMatchObject({ kind, lookup: made });
  });

  it("is found by a secret from long ago, too", async () => {
    const { read, made } = await afterRotation("compact", ["x".repeat(32), OLD]);
    expect(read).toMatchObject({ lookup: made });
  });

  it("is nobody's once that has ended, and then the database is asked nothing", async () => {
    const { read, made, asked } = await afterRotation("compact", []);
    expect(read).not.toMatchObject({ lookup: made });
    expect(asked).toEqual([]);
    expect((await afterRotation("rotating", [])).read).toBe("bad_signature"); // nobody can tell its step
  });
});

describe("a code key that was made before a rotation", () => {
  it("signs by the secret it was made under, until the key is rotated", async () => {
    const tenant = await signingTenant(OLD);
    const key = await tenant.makeKey(4);
    const payload = Uint8Array.of(1, 2, 3);
    const tenantId = "00000000-0000-4000-8000-000000000007" as never;
    const before = await (await (await codeSigning(OLD)).signerOf(tenantId, key)).sign(payload);
    expect(await (await (await codeSigning(NEW, [OLD])).signerOf(tenantId, key)).sign(payload)).toEqual(before);
    expect(await (await (await codeSigning(NEW)).signerOf(tenantId, key)).sign(payload)).not.toEqual(before);
  });
});
