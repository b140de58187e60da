import type { TenantId } from "@tessera/contracts";
import { fromBase64url } from "./base64url.ts";
import { joinBytes, utf8 } from "./bytes.ts";
import { deploymentSecret } from "./deployment-secret.ts";
import { privateKeyOf, type SignedAs, signPayload } from "./signature.ts";
import { maySign, type SigningKey } from "./signing-key.ts";

/** Signs with one key. */
export interface CodeSigner {
  keyId: number;
  /** @param payload The facts of a code, unless `as` says what else. @returns 64 bytes. */
  sign(payload: Uint8Array, as?: SignedAs): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Makes private keys when they are needed, from the deployment's secret and what the database holds of a key. They are
 * written down nowhere: whoever reads the database, or a dump of it, can sign nothing.
 */
export interface CodeSigning {
  /**
   * @param key Whose salt is 32 fresh random bytes.
   * @returns The public half, 32 bytes.
   */
  publicKeyOf(tenant: TenantId, key: Pick<SigningKey, "keyId" | "salt">): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws RangeError When the key is not the one that signs. */
  signerOf(tenant: TenantId, key: SigningKey): Promise<CodeSigner>;
}

const FOR_SIGNING = utf8("tessera/code-signing/v1");

/** @param secret The deployment's secret, 32 characters or more. */
export async function codeSigning(secret: string): Promise<CodeSigning> {
  const deployment = await deploymentSecret(secret);
  const seedOf = (tenant: TenantId, { keyId, salt }: Pick<SigningKey, "keyId" | "salt">) =>
    deployment.derive(joinBytes(FOR_SIGNING, utf8(tenant), Uint8Array.of(keyId)), salt);

  return {
    async publicKeyOf(tenant, key) {
      const { x = "" } = await crypto.subtle.exportKey("jwk", await privateKeyOf(await seedOf(tenant, key), "export"));
      return fromBase64url(x);
    },

    async signerOf(tenant, key) {
      if (!maySign(key)) throw new RangeError(`key ${key.keyId} is ${key.state} and signs nothing`);
      const privateKey = await privateKeyOf(await seedOf(tenant, key));
      return { keyId: key.keyId, sign: (payload, as) => signPayload(privateKey, payload, as) };
    },
  };
}
