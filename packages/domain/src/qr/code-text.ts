import type { CodeKind, CodeText } from "@tessera/contracts";
import { decodeBase32, encodeBase32, firstByteOf } from "./base32.ts";

/** Every code begins so, and so does no other QR that people carry around. */
const TAG = "T1";

/**
 * Each kind's first byte (version 1 in the high four bits, the kind in the low four) and its whole length. The byte alone
 * says which algorithm proves the code, so nobody can talk a reader into a weaker one. 0x11 and 0x14 are kept for a code
 * with a MAC and one bound to a device.
 */
const kinds = {
  compact: { mark: 0x10, bytes: 17 },
  signed: { mark: 0x12, bytes: 92 },
  rotating: { mark: 0x13, bytes: 106 },
} as const satisfies Record<CodeKind, { mark: number; bytes: number }>;

const kindByMark = new Map<number, CodeKind>(
  Object.entries(kinds).map(([kind, { mark }]) => [mark, kind as CodeKind] as const),
);

/** The shortest text that may be a code of a newer release. */
const OUR_LETTERS = /^[0-9A-HJKMNP-TV-Z]{8,}$/;

/** @returns The first byte of every code of this kind. */
export const markOf = (kind: CodeKind): number => kinds[kind].mark;

/**
 * @param bytes A whole code, its mark first.
 * @returns The text to put in a QR: upper-case letters and digits, 30, 150 or 172 of them.
 */
export const codeTextOf = (bytes: Uint8Array): CodeText => `${TAG}${encodeBase32(bytes)}` as CodeText;

/**
 * Reads the letters of a code, and nothing into them: one spelling per code, exact length per kind, nothing folded.
 *
 * @param text Whatever a scanner read, of any length.
 * @returns The kind and all its bytes; `unsupported` for our letters with a mark of a newer release; else `malformed`.
 */
export function bytesOfCode(
  text: string,
): { kind: CodeKind; bytes: Uint8Array<ArrayBuffer> } | "malformed" | "unsupported" {
  if (!text.startsWith(TAG)) return "malformed";
  const letters = text.slice(TAG.length);
  const mark = firstByteOf(letters);
  if (mark === null) return "malformed";

  const kind = kindByMark.get(mark);
  if (!kind) return OUR_LETTERS.test(letters) ? "unsupported" : "malformed";

  const bytes = decodeBase32(letters, kinds[kind].bytes);
  return bytes ? { kind, bytes } : "malformed";
}
