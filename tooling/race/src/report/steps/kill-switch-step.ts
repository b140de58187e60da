import { demoPeople } from "../../demo-people.ts";
import { killReach, MANY_SOCKETS } from "../../flags/kill-reach.ts";
import { openWorld } from "../../world/world.ts";
import type { Step } from "../run-steps.ts";
import { needServices } from "./need-services.ts";

/** @param kills How often the flag is killed, with Redis and again with every Redis dead. */
export const killSwitchStep = (kills: number): Step => ({
  id: "kill-switch",
  title: "The kill switch",
  asks: "How soon does a kill reach the last of four processes and a hundred clients?",
  async run() {
    needServices();
    const world = await openWorld({ nodes: 4, redis: 1, isPlain: true, settings: MANY_SOCKETS });
    const operator = (await demoPeople(world.nodes[0]?.url ?? "", "operator@library.example")).member;
    try {
      const redis = await killReach(world, { operator, kills, clients: 100 });
      await world.redis.kill(0);
      const alone = await killReach(world, { operator, kills, clients: 100 });
      const deaf = redis.deaf + alone.deaf;
      return {
        isKept: deaf === 0,
        says: deaf === 0 ? "Everybody heard of every kill." : `${deaf} times a client never heard of it.`,
        figures: [
          { name: "Never heard", value: deaf, target: { atMost: 0 } },
          {
            name: "With Redis, to the last, 99 of 100 kills",
            value: redis.last.p99,
            unit: "ms",
            target: { atMost: 1_000 },
          },
          { name: "With Redis, to a client, half of them", value: redis.clients.p50, unit: "ms" },
          {
            name: "Without, to the last, 99 of 100 kills",
            value: alone.last.p99,
            unit: "ms",
            target: { atMost: 2_000 },
          },
          { name: "Without, to a client, half of them", value: alone.clients.p50, unit: "ms" },
          { name: "As the console shows it, 99 of 100 processes", value: alone.toldP99Ms ?? 0, unit: "ms" },
        ],
        tables: [],
      };
    } finally {
      await operator.close();
      await world.close();
    }
  },
});
