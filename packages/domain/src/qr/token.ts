import type { CodeText } from "@tessera/contracts";
import { decodeBase32, encodeBase32 } from "./base32.ts";

/**
 * The compact code `T1O`: the letters `T1`, then base32 of a kind byte and 128 random bits. 30 characters, which a QR
 * of version 2 (25 x 25) holds at ECC M. It means nothing by itself: only the tenant that issued it can look it up.
 */
const TAG = "T1";
const COMPACT_KIND = 0x10;
const RANDOM_BYTES = 16;
const COMPACT_LENGTH = TAG.length + Math.ceil(((1 + RANDOM_BYTES) * 8) / 5);

/** A text that has the shape of one of our codes. Whether it was ever issued is for the database to say. */
export interface ParsedCode {
  kind: "compact";
  /** The 16 random bytes: the secret part. */
  random: Uint8Array<ArrayBuffer>;
}
export type CodeProblem = "malformed" | "unsupported";

/**
 * @param random 16 bytes from a cryptographic source.
 * @returns The text to put in the QR: 30 upper-case letters and digits.
 * @throws RangeError when `random` is not 16 bytes long.
 */
export function compactCode(random: Uint8Array): CodeText {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a compact code takes ${RANDOM_BYTES} random bytes`);
  const bytes = new Uint8Array(1 + RANDOM_BYTES);
  bytes[0] = COMPACT_KIND;
  bytes.set(random, 1);
  return (TAG + encodeBase32(bytes)) as CodeText;
}

/**
 * Reads the text of a scan. Exact: one spelling per code, nothing folded, so a mutant of a code is never that code.
 *
 * @param text What the scanner read.
 * @returns The parsed code; `unsupported` for a code of ours of an unknown kind; `malformed` for anything else.
 */
export function parseCode(text: string): ParsedCode | CodeProblem {
  if (!text.startsWith(TAG)) return "malformed";
  const bytes = decodeBase32(text.slice(TAG.length), 1 + RANDOM_BYTES);
  if (bytes?.[0] === COMPACT_KIND) return { kind: "compact", random: bytes.slice(1) };
  return isOfAnotherKind(text) ? "unsupported" : "malformed";
}

/** Only our letters, but another kind byte or another length: most likely a code from a newer release. */
function isOfAnotherKind(text: string): boolean {
  return /^T1[0-9A-HJKMNP-TV-Z]{8,}$/.test(text) && (text.length > COMPACT_LENGTH || !text.startsWith(`${TAG}2`));
}
