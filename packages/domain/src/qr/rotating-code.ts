import type { CodeText } from "@tessera/contracts";
import { decodeBase32 } from "./base32.ts";
import { fourBytes, joinBytes, sameInConstantTime, utf8 } from "./bytes.ts";
import { codeTextOf, markOf } from "./code-text.ts";
import type { CryptoKey } from "./crypto-key.ts";
import { parseSigned, type SignedCode } from "./signed-code.ts";

/**
 * `T1R`: a signed part that stays, then the number of a half minute and a MAC over both. 172 characters, a QR of
 * version 7 (45 x 45) at ECC M. The member's app makes a new one every 30 seconds, so that a screenshot grows old.
 */
export interface RotatingCode extends Omit<SignedCode, "kind"> {
  kind: "rotating";
  /** Which half minute it says it was made in (`stepAt`); true only once its MAC was verified. */
  step: number;
  /** The 92 bytes that stay the same. */
  base: Uint8Array<ArrayBuffer>;
  /** The first 10 bytes of HMAC-SHA-256: eighty bits, for half a minute. */
  mac: Uint8Array<ArrayBuffer>;
}

const BASE_BYTES = 92;
const STEP_BYTES = 4;
const MAC_BYTES = 10;
const PURPOSE = utf8("tessera/qr-step/v1\0");

/**
 * @param secret The 32 bytes of the code's step secret, as they were told when it was issued.
 * @returns A key that cannot be read out again: an app keeps this, and forgets the bytes.
 */
export const stepKeyOf = (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

/**
 * Makes the text of one half minute. Runs in the member's app, with or without a network.
 *
 * @param base The text that was issued: 150 characters, not a code by itself.
 * @param key Of `stepKeyOf`.
 * @param step Of `stepAt`.
 * @returns The text to draw: 172 upper-case letters and digits.
 * @throws RangeError When `base` is no rotating code's, or `step` no uint32.
 */
export async function rotatingText(base: CodeText, key: CryptoKey, step: number): Promise<CodeText> {
  const bytes = decodeBase32(base.slice(2), BASE_BYTES);
  if (bytes?.[0] !== markOf("rotating")) throw new RangeError("this is not the base of a rotating code");
  return codeTextOf(joinBytes(bytes, fourBytes(step), await macOf(bytes, key, step)));
}

/** @param bytes The 106 bytes of a rotating code. */
export function parseRotating(bytes: Uint8Array<ArrayBuffer>): RotatingCode {
  const base = bytes.slice(0, BASE_BYTES);
  const step = new DataView(bytes.buffer, bytes.byteOffset).getUint32(BASE_BYTES);
  return { kind: "rotating", ...parseSigned(base), base, step, mac: bytes.slice(BASE_BYTES + STEP_BYTES) };
}

/** @returns Whether the holder of the step secret made this picture for this step. */
export async function isOfItsStep({ base, step, mac }: RotatingCode, key: CryptoKey): Promise<boolean> {
  return sameInConstantTime(mac, await macOf(base, key, step));
}

async function macOf(base: Uint8Array, key: CryptoKey, step: number): Promise<Uint8Array> {
  const whole = await crypto.subtle.sign("HMAC", key, joinBytes(PURPOSE, base, fourBytes(step)));
  return new Uint8Array(whole).subarray(0, MAC_BYTES);
}
