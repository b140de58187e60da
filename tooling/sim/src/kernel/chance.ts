/** Chance with a seed: the same seed draws the same numbers. */
export interface Chance {
  /** @returns From 0 up to, and without, 1. */
  next(): number;
  /** @returns A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/**
 * @param seed Any whole number from 0 to 2^32 - 1. The generator is sfc32 of Chris Doty-Humphrey's PractRand: 128 bits of
 *   state, so that neighbouring seeds have nothing in common after the twelve rounds of warming up.
 */
export function chanceOf(seed: number): Chance {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, seed >>> 0, 1];

  const draw = () => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    return mixed >>> 0;
  };
  for (let round = 0; round < 12; round++) draw();

  const next = () => draw() / 4_294_967_296;
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick(from) {
      if (from.length === 0) throw new RangeError("there is nothing to pick from");
      return from[between(0, from.length - 1)] as (typeof from)[number];
    },
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at++) bytes[at] = draw() & 0xff;
      return bytes;
    },
  };
}
