import type { Quota } from "./policies.ts";

/** What is left of an allowance after something was taken from it. */
export interface Left {
  /** Whether there was enough. What was refused counts too: whoever goes on asking does not get in sooner. */
  isAllowed: boolean;
  /** How many a minute there are in all, as this deployment has it. */
  limit: number;
  /** How many more until it begins anew; 0 when it is used up. */
  remaining: number;
  /** Milliseconds until it begins anew. */
  resetsInMs: number;
}

/** An allowance, and what is left of it. */
export interface Taken extends Left {
  quota: Quota;
}

/** Counts for all processes that share it. */
export interface Limiter {
  /**
   * @param quota Whose allowance.
   * @returns What is left of it now that one was taken. Never rejects: while the count that all share cannot be reached,
   *   each process counts for itself, with its share of the allowance.
   */
  take(quota: Quota): Promise<Left>;
}

/**
 * Takes one from each of several allowances.
 *
 * @param limiter Who counts.
 * @param quotas Whose.
 * @returns The one that matters to who is told of it: the refused one that takes longest, else the one nearest to its end.
 *   Null: there was none.
 */
export async function takeOne(limiter: Limiter, quotas: readonly Quota[]): Promise<Taken | null> {
  const taken = await Promise.all(
    quotas.map(async (quota): Promise<Taken> => ({ ...(await limiter.take(quota)), quota })),
  );
  return taken.reduce<Taken | null>((most, one) => (most && !isTighter(one, most) ? most : one), null);
}

/** @returns Whether one allowance is nearer to its end than another. */
export function isTighter(one: Taken, other: Taken): boolean {
  if (one.isAllowed !== other.isAllowed) return other.isAllowed;
  if (!one.isAllowed) return one.resetsInMs > other.resetsInMs;
  return one.remaining / one.limit < other.remaining / other.limit;
}
