import { encodeBase32, letterOf, letterValue } from "./base32.ts";

declare const brand: unique symbol;

/** What is printed on a thing or at a place: 16 letters of chance and one that checks them. It opens `/l/<key>`. */
export type LabelKey = string & { readonly [brand]: "label key" };

/** How much chance is in a key: 80 bits, so that nobody finds one by trying. */
export const LABEL_RANDOM_BYTES = 10;

const RANDOM_LETTERS = 16;
const LETTERS = RANDOM_LETTERS + 1;

/** Letters that people take for others, as Crockford reads them. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { I: "1", L: "1", O: "0" };

/**
 * @param random 10 bytes from a cryptographic source.
 * @returns A key of 17 upper-case letters and digits.
 * @throws RangeError When they are not 10.
 */
export function labelKey(random: Uint8Array): LabelKey {
  if (random.length !== LABEL_RANDOM_BYTES)
    throw new RangeError(`a label's key takes ${LABEL_RANDOM_BYTES} random bytes`);
  const letters = encodeBase32(random);
  return `${letters}${checkLetter(letters)}` as LabelKey;
}

/**
 * Reads a key as a person types it: small letters, spaces, hyphens and look-alikes do no harm.
 *
 * @returns The key as it is written down; null for what is none.
 */
export function readLabelKey(text: string): LabelKey | null {
  if (text.length > 2 * LETTERS) return null;
  const key = text
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replace(/[ILO]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  const isWhole = key.length === LETTERS && checkLetter(key.slice(0, RANDOM_LETTERS)) === key.at(-1);
  return isWhole ? (key as LabelKey) : null;
}

/**
 * Finds the key in what a scanner read: the key itself, or an address that ends in `/l/<key>`. Whose address it is does not
 * matter: labels stay what they are when a house moves to another domain.
 *
 * @param text As it was scanned.
 * @returns null when there is none in it.
 */
export function labelKeyIn(text: string): LabelKey | null {
  const [, inAddress] = /^https?:\/\/[^/?#\s]+\/l\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i.exec(text.trim()) ?? [];
  return readLabelKey(inAddress ?? text);
}

/** @returns The path behind a label's code. */
export const labelPath = (key: string): string => `/l/${key}`;

/** @returns What is in a label's QR: the address that a phone's own camera opens. */
export const labelAddress = (address: string, key: LabelKey): string => address.replace(/\/+$/, "") + labelPath(key);

/** @returns A key as people read it aloud: groups of four, the last one of five. */
export const labelGroups = (key: LabelKey): string => key.replace(/^(.{4})(.{4})(.{4})(.{5})$/, "$1 $2 $3 $4");

/**
 * One letter that makes the whole add up to nothing in the field of 32 elements, where the n-th letter from the right counts
 * 2^n times: it notices any one wrong letter and any two that changed places.
 *
 * @returns "" when a letter is not of the alphabet.
 */
function checkLetter(letters: string): string {
  let sum = 0;
  for (const letter of letters) {
    const value = letterValue(letter);
    if (value === null) return "";
    sum = doubled(sum ^ value);
  }
  return letterOf(sum);
}

/** Modulo x^5 + x^2 + 1. */
const doubled = (value: number): number => (value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1);
