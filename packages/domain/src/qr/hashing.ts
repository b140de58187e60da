type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The two hashes that codes are named with. A browser has only the web's, which goes through a thread and a promise; a
 * server brings its runtime's own, at a quarter of the processor time for each scan.
 */
export interface Hashing {
  /** @returns 32 bytes. */
  sha256(bytes: Bytes): Bytes | Promise<Bytes>;
  /**
   * @param key 32 bytes.
   * @returns HMAC-SHA-256 under this key: 32 bytes for any.
   */
  hmacSha256(key: Bytes): Promise<(bytes: Bytes) => Bytes | Promise<Bytes>>;
}

/** By Web Crypto: runs everywhere. */
export const webHashing: Hashing = {
  async sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  },
  async hmacSha256(key) {
    const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return async (bytes) => new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytes));
  },
};
