import type { Guard } from "@tessera/domain/guard/guard";
import { redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { Redis } from "ioredis";
import type { Logger } from "pino";

/** The guard over Redis, with its connections. */
export interface RedisGuard {
  guard: Guard;
  close(): void;
}

/** Repeated trouble is told once in this time. */
const QUIET_MS = 10_000;

/**
 * @param urls 1, 3 or 5 independent nodes. None of them has to be there: without a lock the ledger decides alone.
 * @param log Told when work goes on without a lock.
 */
export function openRedisGuard(urls: readonly string[], log: Logger): RedisGuard {
  let quietUntil = 0;
  const degraded = (cause: unknown) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    log.warn({ err: cause }, "redemptions go on without a lock: Redis does not answer");
  };
  const nodes = urls.map((url) => {
    const node = new Redis(url, { commandTimeout: 50, enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    node.on("error", degraded);
    return node;
  });

  return {
    guard: redlockGuard(nodes, { onDegraded: degraded }),
    close() {
      for (const node of nodes) node.disconnect();
    },
  };
}
