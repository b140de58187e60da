import type { Random } from "./random.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base32, the alphabet of every code we issue

/** Takes some chance and a length; gives a text shaped like a code we issue. 28 make an opaque code, 148 a signed one. */
export function anyText(random: Random, length = 28): string {
  const letters = Array.from({ length }, () => ALPHABET[Math.floor(random.uniform() * ALPHABET.length)]);
  return `T1${letters.join("")}`;
}
