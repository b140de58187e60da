import { utf8 } from "./bytes.ts";
import type { CryptoKey } from "./crypto-key.ts";

/** The one secret a deployment is given. Each use gets its own key from it, so that one leaked key says nothing of another. */
export interface DeploymentSecret {
  /**
   * HKDF-SHA-256 (RFC 5869).
   *
   * @param info What the bytes are for, and for whom.
   * @param salt 32 bytes; zeros when there is nothing to tell two derivations apart but `info`.
   * @returns 32 bytes.
   */
  derive(info: Uint8Array<ArrayBuffer>, salt?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** @param secret 32 characters or more. */
export async function deploymentSecret(secret: string): Promise<DeploymentSecret> {
  const master: CryptoKey = await crypto.subtle.importKey("raw", utf8(secret), "HKDF", false, ["deriveBits"]);

  return {
    async derive(info, salt = new Uint8Array(32)) {
      return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, master, 256));
    },
  };
}
