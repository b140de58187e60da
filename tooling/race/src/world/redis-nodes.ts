import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { Redis } from "ioredis";
import { stablePort } from "./stable-port.ts";

/** Redis servers that keep nothing on disk, the harsher case: whoever comes back is empty. */
export interface RedisNodes {
  ports: readonly number[];
  /** Ends one at once (SIGKILL). */
  kill(index: number): Promise<void>;
  /** Brings it back, empty, on its port; does nothing when it runs. */
  revive(index: number): Promise<void>;
  /** Stops it (SIGSTOP): it listens and never answers. @returns Lets it go on. */
  pause(index: number): () => void;
  /** Makes it forget everything, locks that are held among it. */
  forget(index: number): Promise<void>;
  close(): Promise<void>;
}

/** @param count How many independent ones. */
export async function startRedisNodes(count: number): Promise<RedisNodes> {
  const servers: RedisServer[] = [];
  for (let index = 0; index < count; index++) servers.push(await startRedis({ port: await stablePort() }));
  const running = new Set(servers.keys());
  const serverAt = (index: number): RedisServer => {
    const server = servers[index];
    if (!server) throw new RangeError(`there is no Redis ${index}`);
    return server;
  };
  const signal = (index: number, what: "SIGSTOP" | "SIGCONT") => {
    if (running.has(index)) process.kill(serverAt(index).pid, what);
  };

  return {
    ports: servers.map(({ port }) => port),
    async kill(index) {
      running.delete(index);
      await serverAt(index).kill();
    },
    async revive(index) {
      if (running.has(index)) return;
      servers[index] = await startRedis({ port: serverAt(index).port });
      running.add(index);
    },
    pause(index) {
      signal(index, "SIGSTOP");
      return () => signal(index, "SIGCONT");
    },
    async forget(index) {
      const client = new Redis(serverAt(index).url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
      client.on("error", () => {}); // the call reports it
      await client.flushall().finally(() => client.disconnect());
    },
    close: async () => void (await Promise.all(servers.map((server) => server.kill()))),
  };
}
