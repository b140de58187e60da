import { Failed } from "@tessera/domain/failed";
import type { Guard } from "@tessera/domain/guard/guard";
import { inProcessGuard } from "@tessera/domain/guard/in-process-guard";
import { redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { wallClock } from "../kernel/stand-ins.ts";
import { type Host, hostNamed, type Timeline } from "../kernel/timeline.ts";
import type { Network } from "./network.ts";

/** What the locks of a world are. The answers must be the same with each of them (I13). */
export type LockKind = "redlock" | "in process" | "none" | "redis down" | "grants everyone" | "refuses everyone";
export const lockKinds: readonly LockKind[] = [
  "redlock",
  "in process",
  "none",
  "redis down",
  "grants everyone",
  "refuses everyone",
];

/** One Redis, as much of it as Redlock uses. */
interface SimRedis {
  host: Host;
  /** A lock's name, its value, and when it ends by this server's clock. */
  keys: Map<string, { value: string; until: number }>;
}

export interface Locks {
  redis: readonly SimRedis[];
  /** @returns The guard of an API process that has just started: the product's own, over links of this world. */
  guardFor(): Guard;
}

const LINK = { hopMs: 0.2, patienceMs: 50 }; // `commandTimeout` of the product

/**
 * @param goesOn Whether a scan goes on without its lock, as the product's does.
 */
export function locks(
  kind: LockKind,
  goesOn: boolean,
  { time, net, reached }: { time: Timeline; net: Network; reached(what: string): void },
): Locks {
  const redis = ["redis 1", "redis 2", "redis 3"].map((name): SimRedis => ({ host: hostNamed(name), keys: new Map() }));

  /** Takes all names or none; gives back those that this value holds. Says how many. */
  function script({ host, keys }: SimRedis, names: readonly string[], value: string, ttl: number | undefined): number {
    const now = wallClock(time, host);
    const heldBy = (name: string) => {
      const held = keys.get(name);
      return held !== undefined && held.until > now ? held.value : null;
    };
    if (ttl === undefined) return names.filter((name) => heldBy(name) === value && keys.delete(name)).length;
    if (kind === "grants everyone") return names.length;
    if (kind === "refuses everyone" || names.some((name) => heldBy(name) !== null)) return 0;
    for (const name of names) keys.set(name, { value, until: now + ttl });
    return names.length;
  }

  /** The two commands of a client that Redlock calls. */
  const client = (one: SimRedis) => ({
    evalsha: (_hash: string, count: number, given: readonly (string | number)[]) => {
      if (kind === "redis down") return Promise.reject(new Error("Connection is closed."));
      const [value, ttl] = given.slice(count);
      const names = given.slice(0, count).map(String);
      return net.ask(one.host, LINK, () =>
        script(one, names, String(value), ttl === undefined ? undefined : Number(ttl)),
      );
    },
    eval: () => Promise.reject(new Error("every script is known")),
  });

  /** A planted bug: no lock, no answer. */
  const strict = (inner: Guard, missed: () => boolean): Guard => ({
    hold: (key, work) => inner.hold(key, () => (missed() ? Promise.reject(new Failed("unavailable")) : work())),
  });

  return {
    redis,
    guardFor() {
      if (kind === "none") return { hold: (_key, work) => work() };
      if (kind === "in process") return inProcessGuard();
      let isMissed = false;
      const note = (what: string) => () => {
        isMissed = true;
        reached(what);
      };
      const options = { onDegraded: note("lock degraded"), onContended: note("contended lock") };
      const guard = redlockGuard(redis.map(client) as unknown as Parameters<typeof redlockGuard>[0], options);
      return goesOn ? guard : strict(guard, () => isMissed);
    },
  };
}
