import type { Tessera } from "@tessera/sdk/node";
import { describeWithAll, redis } from "@tessera/vitest/services";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startApi } from "./src/api-process.ts";
import { demoPeople } from "./src/demo-people.ts";
import { patchedServer } from "./src/failpoints/patched-server.ts";
import { killReach, MANY_SOCKETS } from "./src/flags/kill-reach.ts";
import { ownPostgres } from "./src/world/own-postgres.ts";
import { openWorld, type World } from "./src/world/world.ts";

const WITH_REDIS_MS = 1_000;
const WITHOUT_MS = 2_000;

/** A process that hears no notification, no news of other processes, and does not look by itself. */
const DEAF = [
  { find: 'database.listen("tessera_flags"', replace: 'database.listen("nobody_calls"' },
  { find: "postgres: 250", replace: "postgres: 60000" },
  { find: "postgres: 1500", replace: "postgres: 60000" },
  { find: "HEARTBEAT_MS = 5e3", replace: "HEARTBEAT_MS = 6e4" },
];

describeWithAll([await ownPostgres(), redis], "the kill switch, four processes and a hundred clients", () => {
  let world: World;
  let operator: Tessera;
  const further: Array<() => Promise<void>> = [];
  beforeAll(async () => {
    world = await openWorld({ nodes: 4, redis: 1, isPlain: true, settings: MANY_SOCKETS });
    operator = (await demoPeople(world.nodes[0]?.url ?? "", "operator@library.example")).member;
  });
  afterEach(async () => {
    for (const end of further.splice(0)) await end();
  });
  afterAll(async () => {
    await operator?.close();
    await world?.close();
  });

  it("is everywhere within a second", async () => {
    const reach = await killReach(world, { operator, kills: 10, clients: 100 });
    console.log("a kill is everywhere after, milliseconds:", reach);
    expect(reach.deaf).toBe(0);
    expect(reach.last.p50).toBeLessThanOrEqual(WITH_REDIS_MS);
    expect(reach.toldP99Ms).not.toBeNull();
  });

  it("is everywhere within two seconds with Redis dead; and a process that listens to nothing is told apart", async () => {
    await world.redis.kill(0);
    const reach = await killReach(world, { operator, kills: 5, clients: 100 });
    console.log("without Redis:", reach);
    expect(reach.deaf).toBe(0);
    expect(reach.last.p50).toBeLessThanOrEqual(WITHOUT_MS);

    const { main, remove } = patchedServer("deaf", DEAF);
    further.push(async () => remove());
    const api = await startApi({ ...world.settings, TESSERA_BREAKER: "false" }, { main });
    further.unshift(api.stop);
    const late = await killReach(world, { operator, kills: 1, clients: 4, urls: [api.url], patienceMs: WITHOUT_MS });
    expect(late.deaf > 0 || late.last.max > WITHOUT_MS).toBe(true);
  });
});
