import { crowdGuard } from "@tessera/domain/guard/crowd-guard";
import type { Guard } from "@tessera/domain/guard/guard";
import { redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import { quietly } from "./quiet.ts";

/** The guard over Redis, with its connections. */
export interface RedisGuard {
  guard: Guard;
  close(): void;
}

/** What is counted of redemptions that went on without a lock. */
export interface UnlockedCounts {
  /** Redis failed or was slow. */
  degraded?(): void;
  /** Others held the lock for longer than the guard waits. */
  contended?(): void;
}

/**
 * One lock for a crowd at one code in this process, over Redlock for the processes among each other.
 *
 * @param urls 1, 3 or 5 independent nodes. None of them has to be there: without a lock the ledger decides alone.
 * @param log Told when work goes on without a lock.
 * @param counts Told each time.
 */
export function openRedisGuard(urls: readonly string[], log: Logger, counts: UnlockedCounts = {}): RedisGuard {
  const trouble = quietly((cause) =>
    log.warn({ err: cause }, "redemptions go on without a lock: Redis does not answer"),
  );
  const nodes = urls.map((url) => {
    const node = new Redis(url, { commandTimeout: 50, enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    node.on("error", trouble);
    return node;
  });
  const onDegraded = (cause: unknown) => {
    counts.degraded?.();
    trouble(cause);
  };

  return {
    guard: crowdGuard(redlockGuard(nodes, { onDegraded, onContended: () => counts.contended?.() })),
    close() {
      for (const node of nodes) node.disconnect();
    },
  };
}
