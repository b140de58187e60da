/** Chance with a seed: the same seed gives the same choices. */
export interface Chance {
  /** @returns A number from 0 up to, and without, 1. */
  next(): number;
  /** @returns A number from `low` up to, and without, `high`. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T;
  /** @returns Chance of its own, so that what one loop draws does not depend on when another loop draws. */
  child(): Chance;
}

/** @param seed Any whole number. The generator is mulberry32: small, fast, and random enough to choose faults with. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + next() * (high - low);

  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick(from) {
      const picked = from[Math.floor(next() * from.length)];
      if (picked === undefined) throw new RangeError("there is nothing to pick from");
      return picked;
    },
    child: () => chanceOf(Math.floor(next() * 4_294_967_296)),
  };
}
