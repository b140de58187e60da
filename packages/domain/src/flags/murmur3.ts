const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;
const utf8 = new TextEncoder();

/** One block of four bytes, little end first, mixed into the state. */
function mixed(h: number, block: number): number {
  let k = Math.imul(block, C1);
  k = Math.imul((k << 15) | (k >>> 17), C2);
  const g = h ^ k;
  return (Math.imul((g << 13) | (g >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last zero to three bytes, the length, and the avalanche. */
function finished(h: number, rest: number, length: number): number {
  let g = h;
  if (rest !== 0) {
    const k = Math.imul(rest, C1);
    g ^= Math.imul((k << 15) | (k >>> 17), C2); // a rest of zero bytes would change nothing
  }
  g ^= length;
  g = Math.imul(g ^ (g >>> 16), 0x85ebca6b);
  g = Math.imul(g ^ (g >>> 13), 0xc2b2ae35);
  return (g ^ (g >>> 16)) >>> 0;
}

const wordAt = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

/** State after the whole blocks of some bytes; `rest` are the bytes after them. */
function absorbed(bytes: Uint8Array, seed: number): { h: number; rest: number } {
  const whole = bytes.length & ~3;
  let h = seed | 0;
  for (let at = 0; at < whole; at += 4) h = mixed(h, wordAt(bytes, at));
  return { h, rest: wordAt(bytes, whole) };
}

/**
 * MurmurHash3, x86, 32 bits (Austin Appleby's MurmurHash3.cpp, placed in the public domain), over the text's UTF-8.
 *
 * @param text Any text; lone surrogates count as U+FFFD, as everywhere in UTF-8.
 * @param seed 32 bits.
 * @returns 0 to 2³² − 1.
 */
export function murmur3(text: string, seed = 0): number {
  const bytes = utf8.encode(text);
  const { h, rest } = absorbed(bytes, seed);
  return finished(h, rest, bytes.length);
}

/**
 * The hash of texts that begin alike: the beginning is worked through once, and ASCII needs no bytes of its own.
 * A flag asks it for each decision.
 *
 * @param prefix What they begin with.
 * @returns `text` to the `murmur3` of prefix and text, seed 0.
 */
export function murmur3After(prefix: string): (text: string) => number {
  const bytes = utf8.encode(prefix);
  const start = absorbed(bytes, 0);
  const held = (bytes.length & 3) * 8; // bits of a block that the prefix has begun

  return (text) => {
    const { length } = text;
    let { h, rest } = start;
    let all = 0;
    let at = 0;
    if (held !== 0) {
      let filled = held;
      for (; filled < 32 && at < length; at++, filled += 8) {
        const a = text.charCodeAt(at);
        all |= a;
        rest |= a << filled;
      }
      if (filled === 32) {
        h = mixed(h, rest);
        rest = 0;
      }
    }
    for (; at + 4 <= length; at += 4) {
      const a = text.charCodeAt(at);
      const b = text.charCodeAt(at + 1);
      const c = text.charCodeAt(at + 2);
      const d = text.charCodeAt(at + 3);
      all |= a | b | c | d;
      h = mixed(h, a | (b << 8) | (c << 16) | (d << 24));
    }
    for (let filled = 0; at < length; at++, filled += 8) {
      const a = text.charCodeAt(at);
      all |= a;
      rest |= a << filled;
    }
    return all > 0x7f ? murmur3(prefix + text) : finished(h, rest, bytes.length + length);
  };
}
