import type { CodeKind, KeyState, TenantId } from "@tessera/contracts";
import { type CodeSigning, codeSigning } from "./code-signing.ts";
import { type CodeKeys, codeKeys } from "./keys.ts";
import { type MintedCode, mintCode } from "./mint-code.ts";
import type { ReadTools } from "./read-code.ts";
import type { SignedFacts } from "./signed-facts.ts";
import type { SigningKey } from "./signing-key.ts";
import { verifyingKeys } from "./verifying-keys.ts";

export const NOON = new Date("2026-11-22T12:00:00Z");

/** A tenant that signs, for tests. Its ids and salts are counted, so that every run makes the same codes. */
export interface SigningTenant {
  keys: CodeKeys;
  signing: CodeSigning;
  /** @param state `active` unless told otherwise, since noon. */
  makeKey(keyId: number, state?: KeyState): Promise<SigningKey>;
  mint(kind: CodeKind, key: SigningKey, facts?: Partial<SignedFacts>): Promise<MintedCode>;
  /** What a kiosk of this tenant reads with, at noon. */
  readerWith(ring: readonly SigningKey[]): Promise<ReadTools>;
}

/**
 * @param secret Of the deployment.
 * @param tenantNumber Of the tenant; its id is made of it.
 */
export async function signingTenant(secret = "s".repeat(32), tenantNumber = 7): Promise<SigningTenant> {
  const tenantId = `00000000-0000-4000-8000-${String(tenantNumber).padStart(12, "0")}` as TenantId;
  const [keys, signing] = await Promise.all([codeKeys(secret), codeSigning(secret)]);
  let drawn = 0;
  const random = (length: number) => Uint8Array.from({ length }, (_, at) => (at === 0 ? ++drawn : at * 37));

  return {
    keys,
    signing,

    async makeKey(keyId, state = "active") {
      const salt = random(32);
      return { keyId, state, since: NOON, salt, publicKey: await signing.publicKeyOf(tenantId, { keyId, salt }) };
    },

    mint(kind, key, facts = {}) {
      const expiresAt = new Date(NOON.getTime() + 600_000);
      const usual = { tenantNumber, notBefore: NOON, expiresAt, audience: ["kiosk"], maxUses: 1 } as const;
      return mintCode(kind, { ...usual, ...facts }, { random, keys, signer: () => signing.signerOf(tenantId, key) });
    },

    async readerWith(ring) {
      const known = await verifyingKeys(ring, NOON);
      return { keys, ring: () => known, tenantNumber, audience: "kiosk" };
    },
  };
}
