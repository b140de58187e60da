import { joinBytes, utf8 } from "./bytes.ts";
import type { CryptoKey } from "./crypto-key.ts";

/** Ed25519 (RFC 8032): the one algorithm a tenant signs with. */
const ALGORITHM = "Ed25519";

export const SIGNATURE_BYTES = 64;

/**
 * What is signed begins with what it is. None of these begins like another, so that no signature made for one purpose can be
 * put under something else.
 */
const PURPOSES = { code: utf8("tessera/qr/v1\0"), flags: utf8("tessera/flag-set/v1\0") };

/** What a tenant's keys sign: `code`, the facts of a code; `flags`, a set of flags for a desk. */
export type SignedAs = keyof typeof PURPOSES;

/** The DER frame around a 32-byte Ed25519 seed (RFC 8410 section 7): WebCrypto takes a private key in no barer form. */
const PKCS8_FRAME = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

/**
 * @param seed 32 secret bytes.
 * @param use `sign`, or `export` for a key whose public half is to be told.
 */
export const privateKeyOf = (seed: Uint8Array, use: "sign" | "export" = "sign"): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", joinBytes(PKCS8_FRAME, seed), ALGORITHM, use === "export", ["sign"]);

/** @param publicKey 32 bytes. @returns A key that can do nothing but verify. */
export const verifierOf = (publicKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", publicKey, ALGORITHM, false, ["verify"]);

/** @param payload The facts of a code, unless `as` says what else. @returns 64 bytes; the same ones each time. */
export async function signPayload(
  key: CryptoKey,
  payload: Uint8Array,
  as: SignedAs = "code",
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, joinBytes(PURPOSES[as], payload)));
}

/** @returns Whether this key has signed exactly this payload, as a code of ours unless `as` says what else. */
export const isSignedBy = (
  key: CryptoKey,
  payload: Uint8Array,
  signature: Uint8Array<ArrayBuffer>,
  as: SignedAs = "code",
): Promise<boolean> => crypto.subtle.verify(ALGORITHM, key, signature, joinBytes(PURPOSES[as], payload));
