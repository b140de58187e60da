/** Lets a steady number through, and some at once after a quiet time. */
export class Allowance {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #at: number;

  /** @param now Milliseconds of any steady clock, as for `takes`. */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#at = now;
  }

  /** @returns False when there is not enough left; nothing is taken then. */
  takes(wanted: number, now: number): boolean {
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) * this.#perSecond) / 1_000);
    this.#at = now;
    if (wanted > this.#left) return false;
    this.#left -= wanted;
    return true;
  }
}
