import { pause } from "../time.ts";
import type { World } from "../world/world.ts";
import { brokenFor, type Fault } from "./fault.ts";

const every = (world: World) => world.redis.ports.map((_, index) => index);

export const oneRedisBad: Fault = {
  id: "F12",
  breaks: "one Redis is dead, silent or slow",
  async inject(world, chance, tell) {
    const { nodes, redis } = world;
    const index = chance.pick(every(world));
    const how = chance.pick(["dead", "silent", "slow"]);
    tell(`Redis ${index} is ${how}`);
    const ms = chance.between(1_000, 2_500);
    if (how === "dead") {
      await redis.kill(index);
      return brokenFor(ms, pause, () => redis.revive(index));
    }
    if (how === "silent") return brokenFor(ms, pause, redis.pause(index));

    for (const { toRedis } of nodes) toRedis[index]?.become({ kind: "delay", ms: 200 });
    return brokenFor(ms, pause, () => {
      for (const { toRedis } of nodes) toRedis[index]?.become({ kind: "pass" });
    });
  },
};

export const allRedisDead: Fault = {
  id: "F13",
  breaks: "every Redis is dead",
  async inject(world, chance, tell) {
    const { redis } = world;
    tell("kills every Redis");
    await Promise.all(every(world).map(redis.kill));
    await brokenFor(chance.between(1_000, 3_000), pause, async () => {
      for (const index of every(world)) await redis.revive(index);
    });
  },
};

export const redisForgets: Fault = {
  id: "F14",
  breaks: "Redis loses what it knows while locks are held",
  async inject(world, chance, tell) {
    const { redis } = world;
    for (const index of every(world)) {
      const isRestart = chance.happens(0.5);
      tell(`Redis ${index} ${isRestart ? "comes back empty" : "forgets everything"}`);
      if (isRestart)
        await brokenFor(
          0,
          () => redis.kill(index),
          () => redis.revive(index),
        );
      else await redis.forget(index);
      await pause(chance.between(100, 400));
    }
  },
};
