/** The clock, chance and timers: a test brings its own. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Does something later. What it returns takes that back. */
  after(ms: number, work: () => void): () => void;
}

export const realTiming: Timing = {
  now: Date.now,
  random: Math.random,
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
