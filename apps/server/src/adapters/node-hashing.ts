import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { Hashing } from "@tessera/domain/qr/hashing";

/** Node's own hashes: no thread, no promise. */
export const nodeHashing: Hashing = {
  sha256: (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()),
  async hmacSha256(key) {
    const secret = createSecretKey(key);
    return (bytes) => new Uint8Array(createHmac("sha256", secret).update(bytes).digest());
  },
};
