import type { TenantId } from "@tessera/contracts";
import { fromBase64url } from "./base64url.ts";
import { joinBytes, utf8 } from "./bytes.ts";
import { type DeploymentSecret, deploymentSecret } from "./deployment-secret.ts";
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

/**
 * @param secret The deployment's secret, 32 characters or more.
 * @param older Those it had before: a key that was made under one of them signs by it, until the key is rotated.
 */
export async function codeSigning(secret: string, older: readonly string[] = []): Promise<CodeSigning> {
  const [deployment, ...before] = await Promise.all([secret, ...older].map(deploymentSecret));
  type Named = Pick<SigningKey, "keyId" | "salt">;
  const seedOf = (tenant: TenantId, { keyId, salt }: Named, by = deployment as DeploymentSecret) =>
    by.derive(joinBytes(FOR_SIGNING, utf8(tenant), Uint8Array.of(keyId)), salt);

  async function publicKeyOf(tenant: TenantId, key: Named, by?: DeploymentSecret) {
    const seed = await seedOf(tenant, key, by);
    const { x = "" } = await crypto.subtle.exportKey("jwk", await privateKeyOf(seed, "export"));
    return fromBase64url(x);
  }

  /** Under which secret a key was made, its public half says. */
  async function makerOf(tenant: TenantId, key: SigningKey): Promise<DeploymentSecret | undefined> {
    for (const one of before) {
      const made = await publicKeyOf(tenant, key, one);
      if (made.every((byte, at) => byte === key.publicKey[at])) return one;
    }
    return deployment;
  }

  return {
    publicKeyOf: (tenant, key) => publicKeyOf(tenant, key),

    async signerOf(tenant, key) {
      if (!maySign(key)) throw new RangeError(`key ${key.keyId} is ${key.state} and signs nothing`);
      const privateKey = await privateKeyOf(await seedOf(tenant, key, await makerOf(tenant, key)));
      return { keyId: key.keyId, sign: (payload, as) => signPayload(privateKey, payload, as) };
    },
  };
}
