import type { TenantId } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import { anyTenant, busSuite, earOn, newsOf, sharedBusSuite } from "@tessera/domain/events/bus.suite";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWith, redis } from "@tessera/vitest/services";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openRedisBus, type RedisBus, type RedisBusOptions } from "../src/adapters/redis-bus.ts";

const PATIENCE = { timeout: 10_000, interval: 10 };

describeWith(redis, "the bus on a real Redis", () => {
  const open: RedisBus[] = [];
  const closeAll = () => {
    for (const bus of open.splice(0)) bus.close();
  };

  function opened(servers: readonly RedisServer[], options: Partial<RedisBusOptions> = {}): RedisBus {
    const urls = servers.map(({ url }) => url);
    const bus = openRedisBus(urls, { onHeard: () => null, onTrouble() {}, ...options });
    open.push(bus);
    return bus;
  }
  const reaching = (bus: RedisBus, nodes: number) => expect.poll(bus.nodes, PATIENCE).toBe(nodes);
  async function listening(servers: readonly RedisServer[], options: Partial<RedisBusOptions> = {}) {
    const bus = opened(servers, options);
    await reaching(bus, servers.length);
    return bus;
  }

  describe.each([1, 3])("of %i nodes", (count) => {
    const servers: RedisServer[] = [];
    beforeAll(async () => {
      servers.push(...(await Promise.all(Array.from({ length: count }, () => startRedis()))));
    });
    afterAll(async () => {
      closeAll();
      await Promise.all(servers.map((server) => server.stop()));
    });

    busSuite("A bus over Redis", () => opened(servers));
    sharedBusSuite("A bus over Redis", () => listening(servers));
  });

  describe("when nodes fail", () => {
    let servers: RedisServer[] = [];
    async function nodes(count: number) {
      servers = await Promise.all(Array.from({ length: count }, () => startRedis()));
      return servers;
    }
    afterEach(async () => {
      closeAll();
      await Promise.all(servers.splice(0).map((server) => server.stop()));
    });

    it("is heard as long as one node is left that both reach", async () => {
      const [first, second, third] = await nodes(3);
      const [here, there] = await Promise.all([listening(servers), listening(servers)]);
      await Promise.all([first?.kill(), third?.kill()]);
      await Promise.all([reaching(here, 1), reaching(there, 1)]);
      expect(second).toBeDefined();
      const tenant = anyTenant();
      const ear = earOn(there, tenant);
      here.publish(tenant, newsOf(5));
      await ear.until(5);
      await ear.stop();
    });

    it("tells who listens in this process although no node is there, and the others when one is back", async () => {
      const [only] = await nodes(1);
      const [here, there] = await Promise.all([listening(servers), listening(servers)]);
      await only?.kill();
      await Promise.all([reaching(here, 0), reaching(there, 0)]);
      const tenant = anyTenant();
      const [near, far] = [earOn(here, tenant), earOn(there, tenant)];
      here.publish(tenant, newsOf(1));
      await near.until(1);

      servers.push(await startRedis({ port: only?.port ?? 0 }));
      await Promise.all([reaching(here, 1), reaching(there, 1)]);
      await expect
        .poll(() => {
          here.publish(tenant, newsOf(2)); // the way out may come back a moment after the way in
          return far.reaches();
        }, PATIENCE)
        .toBe(2);
      await Promise.all([near.stop(), far.stop()]);
    });

    it("opens without any node, and does not mind", async () => {
      const troubles: unknown[] = [];
      const bus = openRedisBus(["redis://127.0.0.1:1"], {
        onHeard: () => null,
        onTrouble: (cause) => troubles.push(cause),
      });
      open.push(bus);
      const tenant = anyTenant();
      const ear = earOn(bus, tenant);
      bus.publish(tenant, newsOf(1));
      await ear.until(1);
      await expect.poll(() => troubles.length, PATIENCE).toBeGreaterThan(0);
      await ear.stop();
    });

    it("gives up a node that was stopped and answers nothing, so that nothing piles up for it", async () => {
      const [only] = await nodes(1);
      const troubles: unknown[] = [];
      const bus = await listening(servers, { onTrouble: (cause) => troubles.push(String(cause)) });
      process.kill(only?.pid ?? 0, "SIGSTOP");
      bus.publish(anyTenant(), newsOf(1));
      await expect.poll(() => troubles.join(), PATIENCE).toContain("Socket timeout");
      process.kill(only?.pid ?? 0, "SIGCONT");
    });
  });

  describe("on which somebody else speaks", () => {
    let servers: RedisServer[] = [];
    let stranger: Redis;
    beforeAll(async () => {
      servers = [await startRedis()];
      stranger = new Redis(servers[0]?.url ?? "");
    });
    afterAll(async () => {
      closeAll();
      stranger.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    });

    const said = (message: unknown) =>
      stranger.publish("tessera:news", typeof message === "string" ? message : JSON.stringify(message));
    const FROM = "0c0ffee0-0000-4000-8000-00000000abcd";
    const tenant = anyTenant();
    const right = { from: FROM, tenant, upTo: 1, about: [] };

    it.each<[string, unknown]>([
      ["no JSON", "{"],
      ["nothing", ""],
      ["a word", '"news"'],
      ["a tenant that is none", { ...right, tenant: "library" }],
      ["a number that is none", { ...right, upTo: "9" }],
      ["a number that no journal can reach", { ...right, upTo: 1e300 }],
      ["a negative number", { ...right, upTo: -1 }],
      ["more than belongs there, such as events", { ...right, events: [{ seq: 1, type: "code.redeemed" }] }],
      ["a prototype", `{"__proto__":{"upTo":1},"tenant":"${tenant}"}`],
      ["a very long message", { ...right, about: ["x".repeat(10_000)] }],
      ["bytes", "\u0000\ufffd\u0001"],
    ])("hears nothing in %s, says so, and goes on", async (_what, message) => {
      const troubles: unknown[] = [];
      const heard: News[] = [];
      const bus = await listening(servers, {
        onTrouble: (cause) => troubles.push(cause),
        onHeard(_tenant, news) {
          heard.push(news);
          return null;
        },
      });
      const ear = earOn(bus, tenant);
      await said(message);
      await said({ ...right, upTo: 2 });
      await ear.until(2);
      expect(heard).toEqual([{ upTo: 2, events: [], about: [] }]);
      expect(troubles).toHaveLength(1);
      await ear.stop();
    });

    it("takes in no event that is made up: it hears a number, and reads the journal", async () => {
      const bus = await listening(servers);
      const ear = earOn(bus, tenant);
      await said({ ...right, upTo: 7, about: ["code.redeemed"] });
      await ear.until(7);
      expect(ear.letters).toEqual([{ upTo: 7, events: [], about: ["code.redeemed"] }]);
      await ear.stop();
    });

    it("does nothing about a tenant that there is none of", async () => {
      const heard: TenantId[] = [];
      const bus = await listening(servers, {
        onHeard(of) {
          heard.push(of);
          return null;
        },
      });
      const ear = earOn(bus, tenant);
      const unknown = anyTenant();
      await said({ ...right, tenant: unknown, upTo: 9 });
      await said(right);
      await ear.until(1);
      expect(heard).toEqual([unknown, tenant]);
      expect(ear.reaches()).toBe(1);
      await ear.stop();
    });

    it("lets nobody here hear of news before this process is ready for it", async () => {
      const order: string[] = [];
      const getReady = { done: () => {} };
      const bus = await listening(servers, {
        onHeard: () =>
          new Promise<void>((resolve) => {
            order.push("told");
            getReady.done = () => {
              order.push("ready");
              resolve();
            };
          }),
      });
      const ear = earOn(bus, tenant);
      await said({ ...right, upTo: 3, about: ["flag.changed"] });
      await expect.poll(() => order, PATIENCE).toEqual(["told"]);
      expect(ear.reaches()).toBe(0);
      getReady.done();
      await ear.until(3);
      expect(order).toEqual(["told", "ready"]);
      await ear.stop();
    });
  });
});
