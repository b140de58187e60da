import { fourBytes, joinBytes, utf8 } from "./bytes.ts";
import { deploymentSecret } from "./deployment-secret.ts";
import { type Hashing, webHashing } from "./hashing.ts";
import { offlineIdOf } from "./offline-id.ts";

/** Keys that turn the secret part of a code into what is kept of it. They never leave the server. */
export interface CodeKeys {
  /**
   * @param secretPart The random bytes of a code: 16 of a compact one, 12 of the other kinds.
   * @returns HMAC-SHA-256 of them: 32 bytes, the look-up key in the database. A stolen database holds no code.
   */
  lookupOf(secretPart: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * @param secretPart As for `lookupOf`.
   * @returns The name that needs no key: `offlineIdOf`, by this server's own hash.
   */
  offlineIdOf(secretPart: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Derived anew from the code itself, so that the server checks a step without asking the database.
   *
   * @param tenantNumber A uint32.
   * @param secretPart The 12 random bytes of a rotating code.
   * @returns 32 bytes: what the member's app makes the steps with.
   */
  stepSecretOf(tenantNumber: number, secretPart: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

const FOR_LOOKUP = utf8("tessera/code-lookup/v1");
const FOR_STEPS = utf8("tessera/code-step/v1");

/**
 * @param secret The deployment's secret, 32 characters or more.
 * @param hashing Whose hashes; the web's when left out. All give the same bytes.
 * @returns The keys for codes.
 */
export async function codeKeys(secret: string, { sha256, hmacSha256 }: Hashing = webHashing): Promise<CodeKeys> {
  const deployment = await deploymentSecret(secret);
  const peppered = await hmacSha256(await deployment.derive(FOR_LOOKUP));

  return {
    lookupOf: async (secretPart) => peppered(secretPart),

    offlineIdOf: (secretPart) => offlineIdOf(secretPart, sha256),

    stepSecretOf: (tenantNumber, secretPart) =>
      deployment.derive(joinBytes(FOR_STEPS, fourBytes(tenantNumber), secretPart)),
  };
}
