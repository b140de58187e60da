import { type Rest, restAfterFailures } from "@tessera/domain/guard/rest";
import type { Left, Limiter } from "@tessera/domain/limits/limiter";
import type { LimitClass, Quota } from "@tessera/domain/limits/policies";
import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { quietly } from "./quiet.ts";

const WINDOW_S = 60;
const PREFIX = "tessera:limit";

/** A limiter with its connections. */
export interface OpenLimiter extends Limiter {
  /** How many processes share the work now: each has its part of an allowance while it counts alone. */
  shareAmong(processes: number): void;
  /** @returns Whether all processes share the count at this moment. */
  isShared(): boolean;
  close(): void;
}

export interface LimiterOptions {
  /** What all limits of the table are multiplied by. */
  factor: number;
  /** One of these keeps the count for all processes; null: this process is the only one. */
  redisUrls: readonly string[] | null;
  /** Told of each call that was refused. */
  onRefused(limitClass: LimitClass): void;
  /** The count that all share cannot be reached. */
  onTrouble(cause: unknown): void;
}

/** Failures in a row after which Redis is not asked for a moment: asking a dead one would only cost time. */
const REST = { after: 5, forMs: 1_000, now: () => performance.now() };
const ANSWER_WITHIN_MS = 50;

/**
 * @param options Of the deployment.
 * @returns A limiter over the first of the nodes, or over this process's memory. While the node does not answer, each process
 *   counts for itself: limits get less exact then, never open.
 */
export function openLimiter({ factor, redisUrls, onRefused, onTrouble }: LimiterOptions): OpenLimiter {
  const [url] = redisUrls ?? [];
  const tell = quietly(onTrouble);
  const client = url
    ? new Redis(url, { commandTimeout: ANSWER_WITHIN_MS, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    : null;
  client?.on("error", tell);
  const alone = inMemory(factor);
  const rest = restAfterFailures(REST);
  const together = client && inRedis(client, factor, rest);
  let processes = 1;

  return {
    async take(quota) {
      const shared = await together?.(quota).catch(tell);
      const left = shared ?? (await alone(quota, together ? processes : 1));
      if (!left.isAllowed) onRefused(quota.class);
      return left;
    },
    shareAmong(count) {
      processes = Math.max(1, count);
    },
    isShared: () => client?.status === "ready" && !rest.isResting(),
    close: () => client?.disconnect(),
  };
}

type Take = (quota: Quota, processes: number) => Promise<Left>;

/** Points that a limiter of the library has; several holders of a class share one that has as many. */
const pointsOf = ({ points }: Quota, factor: number, processes: number): number =>
  Math.max(1, Math.ceil((points * factor) / processes));

const keyOf = ({ class: limitClass, holder, id }: Quota): string => `${limitClass}:${holder}:${id}`;

function inMemory(factor: number): Take {
  const limiters = new Map<number, RateLimiterMemory>();
  return (quota, processes) => {
    const points = pointsOf(quota, factor, processes);
    let limiter = limiters.get(points);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points, duration: WINDOW_S, keyPrefix: "" });
      limiters.set(points, limiter);
    }
    return leftOf(limiter.consume(keyOf(quota)), points);
  };
}

/** @returns Nothing while the node has its rest. */
function inRedis(client: Redis, factor: number, rest: Rest): (quota: Quota) => Promise<Left | undefined> {
  const limiters = new Map<number, RateLimiterRedis>();
  return async (quota) => {
    if (rest.isResting()) return;
    const points = pointsOf(quota, factor, 1);
    let limiter = limiters.get(points);
    if (!limiter) {
      const isUsedUp = { inMemoryBlockOnConsumed: points + 1 }; // whoever is over the limit costs no round trip
      limiter = new RateLimiterRedis({
        storeClient: client,
        points,
        duration: WINDOW_S,
        keyPrefix: PREFIX,
        ...isUsedUp,
      });
      limiters.set(points, limiter);
    }
    try {
      const left = await leftOf(limiter.consume(keyOf(quota)), points);
      rest.answered();
      return left;
    } catch (cause) {
      rest.failed();
      throw cause;
    }
  };
}

/** The library throws what it refuses; everything else that it throws is a failure. */
async function leftOf(consuming: Promise<RateLimiterRes>, limit: number): Promise<Left> {
  try {
    return told(await consuming, limit, true);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return told(refused, limit, false);
    throw refused;
  }
}

const told = ({ remainingPoints, msBeforeNext }: RateLimiterRes, limit: number, isAllowed: boolean): Left => ({
  isAllowed,
  limit,
  remaining: remainingPoints,
  resetsInMs: Math.max(0, msBeforeNext),
});
