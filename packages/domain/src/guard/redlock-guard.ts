/// <reference path="./redlock.d.ts" />
import type { Redis } from "ioredis";
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from "redlock";
import { type Guard, PATIENCE_MS } from "./guard.ts";

/** Longer than the ledger's statement timeout (1,200 ms), so that a live holder never outlives its lease. */
const LEASE_MS = 1_500;
/** A lease with less than this left is as good as none: redlock 5.0.0-beta.2 can hand out one that has already ended. */
const LEAST_LEASE_MS = 50;
const TRIES = 3;
const FAILURES_BEFORE_REST = 5;
const REST_MS = 5_000;

export interface RedlockOptions {
  /** Told each time the work went on without a lock because Redis failed (`qr_lock_degraded_total`). */
  onDegraded?(cause: unknown): void;
  patienceMs?: number;
}

/**
 * The guard of many processes: Redlock over 1, 3 or 5 Redis nodes. Contended past its patience, or with Redis down, slow or
 * lying, the work goes on all the same and the ledger decides. After five failures in a row it does not ask Redis for 5 s.
 *
 * @param nodes Connections with `commandTimeout` set, `enableOfflineQueue` off and an error listener.
 * @param options Who is told, and how long to wait.
 * @throws RangeError for an even number of nodes: a vote of 1 to 1 never settles in the pinned release.
 */
export function redlockGuard(nodes: readonly Redis[], options: RedlockOptions = {}): Guard {
  if (nodes.length % 2 === 0) throw new RangeError(`Redlock needs 1, 3 or 5 nodes, not ${nodes.length}`);
  const { onDegraded, patienceMs = PATIENCE_MS } = options;
  const redlock = new Redlock([...nodes], { retryCount: 0, driftFactor: 0.01, automaticExtensionThreshold: 0 });
  redlock.on("error", () => {}); // every failed vote is also in the error that acquire throws
  let failuresInARow = 0;
  let restUntil = 0;

  async function acquire(key: string): Promise<Lock | null> {
    const giveUpAt = Date.now() + patienceMs;
    for (let attempt = 1; Date.now() >= restUntil; attempt++) {
      const answer = await tryOnce(key);
      if (answer !== "held_by_another") return answer;
      if (attempt === TRIES || Date.now() >= giveUpAt) return null;
      await pause(25 + Math.random() * 35);
    }
    return null;
  }

  async function tryOnce(key: string): Promise<Lock | null | "held_by_another"> {
    try {
      const lock = await redlock.acquire([`tessera:lock:{${key}}`], LEASE_MS);
      failuresInARow = 0;
      return lock.expiration > Date.now() + LEAST_LEASE_MS ? lock : null;
    } catch (error) {
      if (await isContended(error)) return "held_by_another";
      onDegraded?.(error);
      if (++failuresInARow >= FAILURES_BEFORE_REST) {
        restUntil = Date.now() + REST_MS;
        failuresInARow = 0;
      }
      return null;
    }
  }

  return {
    async hold(key, work) {
      const lock = await acquire(key);
      try {
        return await work();
      } finally {
        void lock?.release().catch(() => {}); // not awaited: the answer is ready, and the lease ends by itself
      }
    },
  };
}

/** "Locked" and "Redis is down" are the same error in the library; only the votes tell them apart. */
async function isContended(error: unknown): Promise<boolean> {
  if (!(error instanceof ExecutionError)) return false;
  const votes = await error.attempts.at(-1);
  if (!votes) return false;
  const against = [...votes.votesAgainst.values()];
  const locked = against.filter((cause) => cause instanceof ResourceLockedError).length;
  const broken = against.length - locked;
  return locked > 0 && broken * 2 < votes.membershipSize;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
