import type { CodeText } from "@tessera/contracts";
import { joinBytes } from "./bytes.ts";
import { codeTextOf, markOf } from "./code-text.ts";

/** How many random bytes make a compact code. */
export const COMPACT_SECRET_BYTES = 16;

/**
 * `T1O`: the mark and 128 random bits. 30 characters, which a QR of version 2 (25 x 25) holds at ECC M. It means nothing
 * by itself: only the tenant that issued it can look it up.
 */
export interface CompactCode {
  kind: "compact";
  /** 16 random bytes. */
  secretPart: Uint8Array<ArrayBuffer>;
}

/**
 * @param secretPart 16 bytes from a cryptographic source.
 * @returns The text to put in the QR: 30 upper-case letters and digits.
 * @throws RangeError When they are not 16.
 */
export function compactCode(secretPart: Uint8Array): CodeText {
  if (secretPart.length !== COMPACT_SECRET_BYTES) {
    throw new RangeError(`a compact code takes ${COMPACT_SECRET_BYTES} random bytes`);
  }
  return codeTextOf(joinBytes(Uint8Array.of(markOf("compact")), secretPart));
}

/** @param bytes The 17 bytes of a compact code. */
export const parseCompact = (bytes: Uint8Array<ArrayBuffer>): CompactCode => ({
  kind: "compact",
  secretPart: bytes.slice(1),
});
