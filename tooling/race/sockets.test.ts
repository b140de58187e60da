import { describeWithAll, redis } from "@tessera/vitest/services";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type ApiProcess, startApi } from "./src/api-process.ts";
import { checkRun } from "./src/checkers/check-run.ts";
import { type Patch, patchedServer } from "./src/failpoints/patched-server.ts";
import { rollingRestart } from "./src/sockets/rolling-restart.ts";
import { stalledReaders } from "./src/sockets/stalled-readers.ts";
import { newsWithoutRedis } from "./src/sockets/without-redis.ts";
import { ownPostgres } from "./src/world/own-postgres.ts";
import { openWorld, type World } from "./src/world/world.ts";

const MOST_MB = 64;
const LATE_MS = 1_000;
/** 200 clients that read nothing; `npm run prove` tells them news for a minute. */
const STALLED = { stalled: 200, readers: 5, seconds: 5, perSecond: 20, bytes: 64 * 1024 };

/** Each socket gets bytes of its own, and nobody looks at how many wait. */
const BOUNDLESS: readonly Patch[] = [
  { find: "seat.line.write(frame);", replace: "seat.line.write(Buffer.from(frame));" },
  { find: "behindBytes: 256 * 1024,", replace: "behindBytes: 1e12," },
  { find: "mostBytes: 4 * 1024 * 1024,", replace: "mostBytes: 1e12," },
];
/** It looks for other processes' news once a minute. */
const LAZY: readonly Patch[] = [
  { find: "postgres: 250", replace: "postgres: 60000" },
  { find: "HEARTBEAT_MS = 5e3", replace: "HEARTBEAT_MS = 6e4" },
];

describeWithAll([await ownPostgres(), redis], "three processes, and ordinary clients of tRPC on sockets", () => {
  let world: World;
  const further: Array<() => Promise<void>> = [];
  beforeAll(async () => {
    const settings = { TESSERA_SOCKETS_PER_CALLER: "1000" };
    world = await openWorld({ nodes: 3, redis: 1, isPlain: true, settings });
  });
  afterEach(async () => {
    for (const end of further.splice(0)) await end();
  });
  afterAll(() => world?.close());

  /** One more process of the same deployment, with a bug that was planted. */
  async function broken(name: string, patches: readonly Patch[]): Promise<ApiProcess> {
    const { main, remove } = patchedServer(name, patches);
    further.push(async () => remove());
    const api = await startApi({ ...world.settings }, { main });
    further.unshift(api.stop);
    return api;
  }

  it("200 who read nothing cost little, and the others hear everything", async () => {
    const [node] = world.nodes;
    const result = await stalledReaders(world, {
      ...STALLED,
      server: { url: node?.url ?? "", pid: node?.pid() ?? 0 },
    });
    console.log(result);
    expect(result.missed).toBe(0);
    expect(result.grewMb).toBeLessThanOrEqual(MOST_MB);
  });

  it("they would cost hundreds of MB without a bound (the control)", async () => {
    const { url, child } = await broken("boundless", BOUNDLESS);
    const result = await stalledReaders(world, { ...STALLED, server: { url, pid: child.pid ?? 0 } });
    console.log(result);
    expect(result.grewMb).toBeGreaterThan(MOST_MB);
  });

  it("every process is replaced under load: no call fails, and nobody misses an event", async () => {
    const { calls, failed, losses, run } = await rollingRestart(world, { listeners: 9, callsPerSecond: 40 });
    console.log({ calls, failed: failed.length, losses });
    expect(failed).toEqual([]);
    expect(checkRun(run)).toEqual([]);
    expect(losses).toBeGreaterThanOrEqual(9); // each of them lived through it
  });

  it("killed instead of stopped they fail calls, and who forgets where it was misses events (the control)", async () => {
    const options = { listeners: 6, callsPerSecond: 40, kills: true, forgets: true };
    const { failed, run } = await rollingRestart(world, options);
    expect(failed.length).toBeGreaterThan(0);
    const named = checkRun(run).filter(({ checker }) => checker === "subscriber");
    expect(named.map(({ says }) => says)[0]).toMatch(/never heard of events/);
  });

  it("with Redis dead, news of one process reaches the clients of the others within a second", async () => {
    await world.redis.kill(0);
    const { late, missed } = await newsWithoutRedis(world, { scans: 20, urls: world.nodes.map(({ url }) => url) });
    console.log("without Redis, from the answer:", late);
    expect(missed).toBe(0);
    expect(late.p50).toBeLessThanOrEqual(LATE_MS);

    // The control: a process that does not look hears of it too late, and the same measure says so.
    const { url } = await broken("lazy", LAZY);
    const lazy = await newsWithoutRedis(world, { scans: 3, urls: [url], patienceMs: 2_000 });
    expect(lazy.missed > 0 || lazy.late.p50 > LATE_MS).toBe(true);
  });
});
