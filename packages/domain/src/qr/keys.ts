/** Keys that turn the secret part of a code into what is kept of it. They never leave the server. */
export interface CodeKeys {
  /**
   * @param random The 16 random bytes of a code.
   * @returns HMAC-SHA-256 of them: 32 bytes, the look-up key in the database. A stolen database holds no code.
   */
  lookupOf(random: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/**
 * @param secret The deployment's secret, 32 characters or more. Each use gets its own key from it (HKDF-SHA-256,
 *   RFC 5869), so that one leaked key says nothing of another.
 * @returns The keys for codes.
 */
export async function codeKeys(secret: string): Promise<CodeKeys> {
  const master = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveKey"]);
  const pepper = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: bytesOf("tessera/code-lookup/v1") },
    master,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign"],
  );

  return {
    async lookupOf(random) {
      return new Uint8Array(await crypto.subtle.sign("HMAC", pepper, random));
    },
  };
}
