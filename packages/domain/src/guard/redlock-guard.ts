/// <reference path="./redlock.d.ts" />
import type { Redis } from "ioredis";
import Redlock, { ExecutionError, Lock, ResourceLockedError } from "redlock";
import { gathered } from "./gathered.ts";
import { type Guard, PATIENCE_MS } from "./guard.ts";
import { restAfterFailures } from "./rest.ts";

/** Longer than the ledger's statement timeout (1,200 ms), so that a live holder never outlives its lease. */
const LEASE_MS = 1_500;
/** A lease with less than this left is as good as none: redlock 5.0.0-beta.2 can hand out one that has already ended. */
const LEAST_LEASE_MS = 50;
const TRIES = 3;
/** Names in one vote. */
const MOST_TOGETHER = 64;
const PAUSE_MS = { least: 5, most: 15 }; // about as long as a holder holds
const REST = { after: 5, forMs: 5_000 };

export interface RedlockOptions {
  /** Told each time the work went on without a lock because Redis failed or was slow (`qr_lock_degraded_total`). */
  onDegraded?(cause: unknown): void;
  /** Told each time the work went on without a lock because others held it for longer than the patience. */
  onContended?(): void;
  /** How long it waits for a lock in all, milliseconds. */
  patienceMs?: number;
  /** Between two tries, at random; milliseconds. */
  pauseMs?: { least: number; most: number };
  /** Milliseconds since 1970. */
  now?(): number;
}

/** One name of a lock that was had for several at once. */
interface Held {
  lock: Lock;
  name: string;
}
type Answer = { is: "held"; held: Held } | { is: "contended" } | { is: "degraded"; cause: unknown };

/**
 * The guard of many processes: Redlock over 1, 3 or 5 Redis nodes. Contended past its patience, or with Redis down, slow or
 * lying, the work goes on all the same and the ledger decides. After five failures in a row it does not ask Redis for 5 s.
 *
 * @param nodes Connections with `commandTimeout` set, `enableOfflineQueue` off and an error listener.
 * @param options Who is told, how long to wait, and the clock.
 * @throws RangeError for an even number of nodes: a vote of 1 to 1 never settles in the pinned release.
 */
export function redlockGuard(nodes: readonly Redis[], options: RedlockOptions = {}): Guard {
  if (nodes.length % 2 === 0) throw new RangeError(`Redlock needs 1, 3 or 5 nodes, not ${nodes.length}`);
  const { onDegraded, onContended, patienceMs = PATIENCE_MS, pauseMs = PAUSE_MS, now = Date.now } = options;
  const redlock = new Redlock([...nodes], { retryCount: 0, driftFactor: 0.01, automaticExtensionThreshold: 0 });
  redlock.on("error", () => {}); // every failed vote is also in the error that acquire throws
  const rest = restAfterFailures({ ...REST, now });
  let lastFailure: unknown;

  /** All or none: where one of the names is taken, none is had. */
  async function vote(names: readonly string[]): Promise<(name: string) => Answer> {
    try {
      const lock = await redlock.acquire([...names], LEASE_MS);
      if (lock.expiration > now() + LEAST_LEASE_MS) return (name) => ({ is: "held", held: { lock, name } });
      for (const name of names) letGo({ lock, name });
      const cause = new Error("the lock had ended when it came");
      return () => ({ is: "degraded", cause });
    } catch (cause) {
      const answer: Answer = (await isContended(cause)) ? { is: "contended" } : { is: "degraded", cause };
      return () => answer;
    }
  }

  const tryAlone = async (name: string): Promise<Answer> => (await vote([name]))(name);

  /** What is wanted in one turn of the loop is asked for in one vote: that is what makes a lock cheap under load. */
  const tryTogether = gathered<string, Answer>(MOST_TOGETHER, async (names) => {
    const answerFor = await vote(names);
    return new Map(names.map((name) => [name, answerFor(name)]));
  });

  /** Not awaited: the answers are ready, and a lease ends by itself. Deletes only what this lock wrote. */
  const giveBack = gathered<Held, void>(MOST_TOGETHER, async (all) => {
    for (const [lock, names] of byLock(all)) {
      new Lock(redlock, names, lock.value, lock.attempts, lock.expiration).release().catch(() => {});
    }
    return new Map();
  });
  const letGo = (held: Held) => void giveBack(held);

  /** The library has no limit of its own: a vote may wait for its slowest node, and a failed one is taken back first. */
  function seek(name: string): Promise<Answer> {
    return new Promise((resolve) => {
      let soFar: Answer = { is: "degraded", cause: new Error(`Redis did not answer within ${patienceMs} ms`) };
      let isOver = false;
      const patience = setTimeout(() => {
        isOver = true;
        resolve(soFar);
      }, patienceMs);

      const tryOften = async () => {
        for (let attempt = 1; ; attempt++) {
          soFar = await (attempt === 1 ? tryTogether(name) : tryAlone(name));
          if (soFar.is !== "contended" || attempt === TRIES || isOver) break;
          await pause(pauseMs.least + Math.random() * (pauseMs.most - pauseMs.least));
          if (isOver) break;
        }
        if (isOver && soFar.is === "held") return letGo(soFar.held); // it came when nobody waited any more
        clearTimeout(patience);
        resolve(soFar);
      };
      void tryOften();
    });
  }

  async function lockFor(key: string): Promise<Held | null> {
    if (rest.isResting()) return null;
    const answer = await seek(lockName(key));
    if (answer.is === "degraded") {
      if (answer.cause !== lastFailure) rest.failed(); // a vote that many shared failed once
      lastFailure = answer.cause;
      onDegraded?.(answer.cause);
      return null;
    }
    rest.answered();
    if (answer.is === "held") return answer.held;
    onContended?.();
    return null;
  }

  return {
    async hold(key, work) {
      const held = await lockFor(key);
      try {
        return await work();
      } finally {
        if (held) letGo(held);
      }
    },
  };
}

/**
 * `redeem:7:0011…` is locked as `tessera:lock:redeem:{7:0011…}`: never the name of data, which the library would take for
 * a lock that nobody gives back; and what the braces hold chooses the slot of a cluster.
 *
 * @param key As `Guard.hold` takes it.
 */
export function lockName(key: string): string {
  const kind = key.slice(0, key.indexOf(":") + 1);
  return `tessera:lock:${kind}{${key.slice(kind.length)}}`;
}

function byLock(all: readonly Held[]): Map<Lock, string[]> {
  const names = new Map<Lock, string[]>();
  for (const { lock, name } of all) names.set(lock, [...(names.get(lock) ?? []), name]);
  return names;
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
