/**
 * Crockford's base32 (crockford.com/base32): no I, L, O or U, so a person can read a code aloud and a keyboard-wedge
 * scanner with a foreign layout does little harm.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]));

/**
 * @param bytes Any number of bytes.
 * @returns Upper-case letters, ceil(8n / 5) of them; the last one is padded with zero bits.
 */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let held = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += ALPHABET[(buffer >> held) & 31];
    }
    buffer &= (1 << held) - 1;
  }
  return held === 0 ? text : text + ALPHABET[(buffer << (5 - held)) & 31];
}

/**
 * The exact inverse of `encodeBase32`: one spelling per value, so no two texts are the same code.
 *
 * @param text Letters of the alphabet only; no lower case, no look-alikes.
 * @param length How many bytes must come out.
 * @returns The bytes, or null for a wrong length, a foreign letter or padding bits that are not zero.
 */
export function decodeBase32(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (text.length !== Math.ceil((length * 8) / 5)) return null;
  const bytes = new Uint8Array(length);
  let at = 0;
  let buffer = 0;
  let held = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return null;
    buffer = (buffer << 5) | value;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = buffer >> held;
    buffer &= (1 << held) - 1;
  }
  return buffer === 0 ? bytes : null;
}

/**
 * @param text At least two letters, whatever follows them.
 * @returns The first of the bytes they hold; null when the two are not of the alphabet.
 */
export function firstByteOf(text: string): number | null {
  const high = VALUES.get(text.charAt(0));
  const low = VALUES.get(text.charAt(1));
  return high === undefined || low === undefined ? null : (high << 3) | (low >> 2);
}

/** @returns What one letter of the alphabet stands for, 0 to 31; null for any other. */
export const letterValue = (letter: string): number | null => VALUES.get(letter) ?? null;

/** @returns The letter for a number from 0 to 31. */
export const letterOf = (value: number): string => ALPHABET.charAt(value & 31);
