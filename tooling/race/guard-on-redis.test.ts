import { guardSuite } from "@tessera/domain/guard/guard.suite";
import { redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWith, redis } from "@tessera/vitest/services";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describeWith(redis, "on a real Redis", () => {
  describe.each([1, 3])("of %i nodes", (count) => {
    const servers: RedisServer[] = [];
    const nodes: Redis[] = [];

    beforeAll(async () => {
      servers.push(...(await Promise.all(Array.from({ length: count }, () => startRedis()))));
      nodes.push(...(await Promise.all(servers.map(({ url }) => connected(url)))));
    });
    afterAll(async () => {
      for (const node of nodes) node.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    });

    guardSuite("Redlock", (patienceMs) => redlockGuard(nodes, { patienceMs }));
  });

  it("keeps three nodes' promise with one of them dead", async () => {
    const servers = await Promise.all([startRedis(), startRedis(), startRedis()]);
    const nodes = await Promise.all(servers.map(({ url }) => connected(url)));
    await servers[1]?.kill();
    let degraded = 0;
    const guard = redlockGuard(nodes, { onDegraded: () => degraded++ });

    expect(await guard.hold("one-dead", async () => "done")).toBe("done");
    expect(degraded).toBe(0);
    for (const node of nodes) node.disconnect();
    await Promise.all(servers.map((server) => server.stop()));
  });

  it("goes on without a lock when every node is dead, tells so, and after five times asks no more", async () => {
    const server = await startRedis();
    const node = await connected(server.url);
    await server.kill();
    let degraded = 0;
    const guard = redlockGuard([node], { onDegraded: () => degraded++ });

    for (let scan = 1; scan <= 8; scan++) expect(await guard.hold(`dead-${scan}`, async () => scan)).toBe(scan);
    expect(degraded).toBe(5);
    node.disconnect();
  });

  it("does not wait for a node that was stopped and answers nothing", async () => {
    const server = await startRedis();
    const node = await connected(server.url);
    process.kill(server.pid, "SIGSTOP");
    const guard = redlockGuard([node]);

    expect(await guard.hold("stopped", async () => "went on")).toBe("went on");
    process.kill(server.pid, "SIGCONT");
    node.disconnect();
    await server.stop();
  });

  it("refuses an even number of nodes, whose vote of one to one would never settle", () => {
    expect(() => redlockGuard([{} as Redis, {} as Redis])).toThrow("1, 3 or 5");
  });
});

async function connected(url: string): Promise<Redis> {
  const node = new Redis(url, {
    commandTimeout: 50,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
  });
  node.on("error", () => {}); // the guard reports what matters
  await node.connect();
  return node;
}
