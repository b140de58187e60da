import { encodeBase32, letterValue } from "../qr/base32.ts";

const BYTES = 10;
const LETTERS = 16;
const ALPHABET_SIZE = 32;
/** x⁵ + x² + 1: the letters are numbers of the field with 32 elements. */
const REDUCE = 0b100101;

/** Times x in that field. */
function timesX(value: number): number {
  const doubled = value << 1;
  return doubled & ALPHABET_SIZE ? doubled ^ REDUCE : doubled;
}

/** What letters add up to, each weighed by its place: one wrong letter and two swapped neighbours always change it. */
function weighed(letters: string): number | null {
  let sum = 0;
  for (const letter of letters) {
    const value = letterValue(letter);
    if (value === null) return null;
    sum = timesX(sum) ^ value;
  }
  return sum;
}

const checkLetterOf = (letters: string): string => {
  const sum = weighed(letters);
  if (sum === null) throw new Error("a label's key is made of letters of base32");
  return encodeBase32(Uint8Array.of(timesX(sum) << 3)).charAt(0);
};

/**
 * @param random Gives bytes from a cryptographic source.
 * @returns The key of a new label: 80 random bits in base32, and a letter that checks them.
 */
export function drawLabelKey(random: (length: number) => Uint8Array): string {
  const letters = encodeBase32(random(BYTES));
  return letters + checkLetterOf(letters);
}

/** What people take for another letter of the alphabet. */
const LOOK_ALIKES: Record<string, string> = { O: "0", I: "1", L: "1" };

/**
 * @param text As it came in an address or from somebody's fingers.
 * @returns The key as it is kept; null when it cannot be one: the wrong number of letters, a foreign one, or a check that
 *   does not hold.
 */
export function readLabelKey(text: string): string | null {
  const letters = text
    .replace(/[\s-]/g, "")
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return letters.length === LETTERS + 1 && weighed(letters) === 0 ? letters : null;
}

/** @returns The path behind a label's code. */
export const labelPath = (key: string): string => `/l/${key}`;
