import type { CodeText } from "@tessera/contracts";
import { joinBytes } from "./bytes.ts";
import { codeTextOf } from "./code-text.ts";
import { SIGNATURE_BYTES } from "./signature.ts";
import { decodeFacts, PAYLOAD_BYTES, type SignedFacts } from "./signed-facts.ts";

/**
 * `T1S`: 28 bytes of facts and an Ed25519 signature over them. 150 characters, which a QR of version 6 (41 x 41) holds at
 * ECC M. A desk can judge it without having heard of it.
 */
export interface SignedCode {
  kind: "signed";
  /** 12 random bytes: the code's id, and its secret part. */
  secretPart: Uint8Array<ArrayBuffer>;
  /** What it says; nothing is true before the signature is verified. */
  facts: SignedFacts;
  payload: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

/**
 * @param payload The 28 bytes of `encodeFacts`.
 * @param signature 64 bytes of `signPayload`.
 * @returns The text of a signed code, or of the part of a rotating code that stays the same: 150 letters and digits.
 */
export const signedCode = (payload: Uint8Array, signature: Uint8Array): CodeText =>
  codeTextOf(joinBytes(payload, signature));

/** @param bytes The 92 bytes of a signed code, or as many of a rotating one. */
export function parseSigned(bytes: Uint8Array<ArrayBuffer>): Omit<SignedCode, "kind"> {
  const payload = bytes.slice(0, PAYLOAD_BYTES);
  const signature = bytes.slice(PAYLOAD_BYTES, PAYLOAD_BYTES + SIGNATURE_BYTES);
  return { ...decodeFacts(payload), payload, signature };
}
