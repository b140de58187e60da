import type { CryptoKey } from "./crypto-key.ts";
import { verifierOf } from "./signature.ts";
import { mayVerify, type SigningKey } from "./signing-key.ts";

/** The keys with which codes of one tenant are checked now, by id. */
export type VerifyingKeys = ReadonlyMap<number, CryptoKey>;

/**
 * @param ring All keys of a tenant.
 * @param at Now.
 * @returns Those that may verify.
 */
export const verifyingKeys = (ring: readonly SigningKey[], at: Date): Promise<VerifyingKeys> =>
  importKeys(ring.filter((key) => mayVerify(key, at)));

/**
 * @param keys Public keys of 32 bytes that are known to be good: a kiosk has them from its manifest.
 * @returns The same, ready to verify.
 */
export async function importKeys(keys: readonly Pick<SigningKey, "keyId" | "publicKey">[]): Promise<VerifyingKeys> {
  const entries = keys.map(async ({ keyId, publicKey }) => [keyId, await verifierOf(publicKey)] as const);
  return new Map(await Promise.all(entries));
}
