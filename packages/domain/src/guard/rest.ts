/** Remembers whether a helper is worth asking. */
export interface Rest {
  isResting(): boolean;
  /** The helper answered, whatever it said. */
  answered(): void;
  failed(): void;
}

export interface RestOptions {
  /** Failures in a row before the rest; one answer between them starts the count anew. */
  after: number;
  /** Milliseconds. */
  forMs: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Leaves a helper alone for a while after it failed often in a row: asking it would only cost time. After the rest it is
 * asked again, and has as many tries as before.
 *
 * @param options How often, how long, and the clock.
 */
export function restAfterFailures({ after, forMs, now }: RestOptions): Rest {
  let inARow = 0;
  let until = 0;

  return {
    isResting: () => now() < until,
    answered() {
      inARow = 0;
    },
    failed() {
      if (++inARow < after) return;
      inARow = 0;
      until = now() + forMs;
    },
  };
}
