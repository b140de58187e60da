import { crowdGuard } from "@tessera/domain/guard/crowd-guard";
import { guardSuite, sharedGuardSuite } from "@tessera/domain/guard/guard.suite";
import { lockName, redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWith, redis } from "@tessera/vitest/services";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectedTo } from "./src/redis-nodes.ts";

const NO_PAUSE = { pauseMs: { least: 0, most: 0 } };
/** So that a busy machine is not taken for a slow Redis; the server's own limit is 50 ms. */
const PATIENT_MS = 5_000;

describeWith(redis, "the guard on a real Redis", () => {
  describe.each([1, 3])("of %i nodes", (count) => {
    const servers: RedisServer[] = [];
    const nodes: Redis[] = [];

    beforeAll(async () => {
      servers.push(...(await Promise.all(Array.from({ length: count }, () => startRedis()))));
      nodes.push(...(await Promise.all(servers.map(({ url }) => connectedTo(url, PATIENT_MS)))));
    });
    afterAll(async () => {
      for (const node of nodes) node.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    });

    guardSuite("Redlock", (patienceMs) => redlockGuard(nodes, { patienceMs }));
    guardSuite("Redlock in front of a crowd", (patienceMs) => crowdGuard(redlockGuard(nodes, { patienceMs })));
    sharedGuardSuite("Redlock", (patienceMs) => redlockGuard(nodes, { patienceMs }));
    sharedGuardSuite("Redlock in front of a crowd", (patienceMs) => crowdGuard(redlockGuard(nodes, { patienceMs })));
  });

  it("keeps three nodes' promise with one of them dead", async () => {
    const { servers, nodes, close } = await cluster(3);
    await servers[1]?.kill();
    const { guard, heard } = listeningGuard(nodes);

    expect(await guard.hold("redeem:7:one-dead", async () => votesFor(nodes, "redeem:7:one-dead"))).toBe(2);
    expect(heard).toEqual({ degraded: 0, contended: 0 });
    await close();
  });

  it("does not wait for a node of three that was stopped and answers nothing", async () => {
    const { servers, nodes, close } = await cluster(3);
    process.kill(servers[0]?.pid ?? 0, "SIGSTOP");
    const { guard, heard } = listeningGuard(nodes);

    expect(await guard.hold("redeem:7:one-stopped", async () => "held")).toBe("held");
    expect(heard).toEqual({ degraded: 0, contended: 0 });
    process.kill(servers[0]?.pid ?? 0, "SIGCONT");
    await close();
  });

  it("goes on without a lock when the only node was stopped, and says so", async () => {
    const { servers, nodes, close } = await cluster(1, 50);
    process.kill(servers[0]?.pid ?? 0, "SIGSTOP");
    const { guard, heard } = listeningGuard(nodes);

    expect(await guard.hold("redeem:7:stopped", async () => "went on")).toBe("went on");
    expect(heard).toEqual({ degraded: 1, contended: 0 });
    process.kill(servers[0]?.pid ?? 0, "SIGCONT");
    await close();
  });

  it("goes on when others hold the lock for longer than its patience, and says that it was not Redis", async () => {
    const { nodes, close } = await cluster(1);
    const { guard, heard } = listeningGuard(nodes);
    const other = redlockGuard(nodes);

    const inner = await other.hold("redeem:7:taken", () => guard.hold("redeem:7:taken", async () => "went on"));
    expect(inner).toBe("went on");
    expect(heard).toEqual({ degraded: 0, contended: 1 });
    await close();
  });

  it("with every node dead asks five times, rests for five seconds, and locks again when they are back", async () => {
    const { servers, nodes, close } = await cluster(3);
    const clock = { behind: 5_000 };
    const { guard, heard } = listeningGuard(nodes, { now: () => Date.now() - clock.behind });
    await Promise.all(servers.map((server) => server.kill()));

    for (let scan = 1; scan <= 8; scan++) expect(await guard.hold(`redeem:7:${scan}`, async () => scan)).toBe(scan);
    expect(heard).toEqual({ degraded: 5, contended: 0 });

    servers.push(...(await Promise.all(servers.map(({ port }) => startRedis({ port })))));
    await expect.poll(() => nodes.map(({ status }) => status), { timeout: 20_000 }).toEqual(Array(3).fill("ready"));
    const votes = (key: string) => guard.hold(key, async () => votesFor(nodes, key));
    expect(await votes("redeem:7:resting")).toBe(0);
    clock.behind = 0;
    expect(await votes("redeem:7:back")).toBeGreaterThanOrEqual(2); // a majority is enough to go on
    expect(heard).toEqual({ degraded: 5, contended: 0 });
    await close();
  });
});

async function cluster(count: number, commandTimeout = PATIENT_MS) {
  const servers = await Promise.all(Array.from({ length: count }, () => startRedis()));
  const nodes = await Promise.all(servers.map(({ url }) => connectedTo(url, commandTimeout)));
  return {
    servers,
    nodes,
    async close() {
      for (const node of nodes) node.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

function listeningGuard(nodes: readonly Redis[], options: { now?: () => number } = {}) {
  const heard = { degraded: 0, contended: 0 };
  const tell = { onDegraded: () => void heard.degraded++, onContended: () => void heard.contended++ };
  return { guard: redlockGuard(nodes, { ...NO_PAUSE, ...options, ...tell }), heard };
}

/** On how many nodes the key is locked now. */
async function votesFor(nodes: readonly Redis[], key: string): Promise<number> {
  const votes = await Promise.all(nodes.map((node) => node.exists(lockName(key)).catch(() => 0)));
  return votes.reduce((sum, vote) => sum + vote, 0);
}
