/**
 * One holder per key at a time among all guards that share a lock, as far as it can be had. Inside one guard a crowd may
 * share a hold (`crowd-guard.ts`). A guard keeps the queue short and polite; the ledger's conditional write is what makes
 * a redemption happen once. So a guard never refuses: when its patience ends, or its servers are gone, the work goes on
 * without it. `guard.suite.ts` holds every implementation to this.
 */
export interface Guard {
  /**
   * @param key What is held, its kind first: `redeem:<tenant>:<16 hex digits>`; letters, digits, `-` and `:`, at most 64
   *   characters.
   * @param work Runs once, held or not. What it gives or throws comes back unchanged.
   */
  hold<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** How long a caller waits for another holder before it goes on without the lock, milliseconds. */
export const PATIENCE_MS = 150;
