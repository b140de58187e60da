const STEP_MS = 0.1;
const MOST_MS = 60_000;

/** Counts millions of delays without keeping them. */
export class Delays {
  readonly #counts = new Uint32Array(MOST_MS / STEP_MS + 1);
  count = 0;

  add(ms: number): void {
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms / STEP_MS)));
    this.#counts[at] = (this.#counts[at] as number) + 1;
    this.count++;
  }

  /** @returns The delay that so large a share was below, milliseconds; 0 when there was none. */
  at(share: number): number {
    const wanted = this.count * share;
    let sum = 0;
    for (const [index, count] of this.#counts.entries()) {
      sum += count;
      if (sum >= wanted && sum > 0) return index * STEP_MS;
    }
    return 0;
  }
}
