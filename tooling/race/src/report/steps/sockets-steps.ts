import { checkRun } from "../../checkers/check-run.ts";
import { tenth } from "../../measure/quantile.ts";
import { rollingRestart } from "../../sockets/rolling-restart.ts";
import { stalledReaders } from "../../sockets/stalled-readers.ts";
import { newsWithoutRedis } from "../../sockets/without-redis.ts";
import { openWorld, type World } from "../../world/world.ts";
import type { Findings } from "../report.ts";
import type { Step } from "../run-steps.ts";
import { needServices } from "./need-services.ts";

/** A step on three processes as they are deployed, with one Redis. */
const amongThree = (named: Omit<Step, "run">, measure: (world: World) => Promise<Findings>): Step => ({
  ...named,
  async run() {
    needServices();
    const settings = { TESSERA_SOCKETS_PER_CALLER: "1000" };
    const world = await openWorld({ nodes: 3, redis: 1, isPlain: true, settings });
    try {
      return await measure(world);
    } finally {
      await world.close();
    }
  },
});

/** @param seconds How long 200 clients read nothing of what they are told. */
export const stalledReadersStep = (seconds: number): Step =>
  amongThree(
    {
      id: "stalled-readers",
      title: "Clients that read nothing",
      asks: "What do 200 subscribers cost that read nothing, and do the others notice?",
    },
    async (world) => {
      const [node] = world.nodes;
      const server = { url: node?.url ?? "", pid: node?.pid() ?? 0 };
      const options = { server, stalled: 200, readers: 10, seconds, perSecond: 20, bytes: 16 * 1024 };
      const { grewMb, toldMb, before, during, missed, cutOff, stalled } = await stalledReaders(world, options);
      const isKept = missed === 0 && grewMb <= 64;
      return {
        isKept,
        says: isKept
          ? `They cost ${grewMb} MB, ${cutOff} of ${stalled} were cut off, and who reads missed nothing.`
          : `They cost ${grewMb} MB, and who reads missed ${missed} pieces of news.`,
        figures: [
          { name: "Memory that the process took for them", value: grewMb, unit: "MB", target: { atMost: 64 } },
          { name: "Told to each of them", value: tenth(toldMb), unit: "MB" },
          { name: "Missed by who reads", value: missed, target: { atMost: 0 } },
          { name: "News to who reads before, 99 of 100", value: before.p99, unit: "ms" },
          { name: "News to who reads meanwhile, 99 of 100", value: during.p99, unit: "ms" },
          {
            name: "Meanwhile against before",
            value: tenth(during.p99 / before.p99),
            unit: "x",
            target: { atMost: 1.2 },
          },
        ],
        tables: [],
      };
    },
  );

/** @param callsPerSecond The load under which the three are replaced. */
export const rollingRestartStep = (callsPerSecond: number): Step =>
  amongThree(
    {
      id: "rolling-restart",
      title: "Every process is replaced under load",
      asks: "Does a call fail, or anybody miss news, while three processes are replaced one after the other?",
    },
    async (world) => {
      const { calls, failed, losses, run } = await rollingRestart(world, { listeners: 30, callsPerSecond });
      const violations = checkRun(run);
      const isKept = failed.length === 0 && violations.length === 0;
      return {
        isKept,
        says: isKept
          ? `${calls} calls were answered, and 30 clients that lost their sockets ${losses} times missed nothing.`
          : `${failed.length} of ${calls} calls failed (${failed[0]?.reason ?? "none"}); ${violations[0]?.says ?? "nobody missed anything"}`,
        figures: [
          { name: "Failed calls", value: failed.length, target: { atMost: 0 } },
          { name: "Broken promises", value: violations.length, target: { atMost: 0 } },
          { name: "Calls", value: calls },
          { name: "Sockets that were lost", value: losses },
        ],
        tables: [],
      };
    },
  );

/** @param scans How many pieces of news. */
export const newsWithoutRedisStep = (scans: number): Step =>
  amongThree(
    {
      id: "sockets-without-redis",
      title: "News over sockets with Redis dead",
      asks: "How late does news of one process reach the clients of the others?",
    },
    async (world) => {
      await world.redis.kill(0);
      const { late, missed } = await newsWithoutRedis(world, { scans, urls: world.nodes.map(({ url }) => url) });
      return {
        isKept: missed === 0,
        says: missed === 0 ? "Everybody heard of everything." : `${missed} pieces of news were never heard.`,
        figures: [
          { name: "Missed", value: missed, target: { atMost: 0 } },
          { name: "From the answer, half of them", value: late.p50, unit: "ms" },
          { name: "From the answer, the slowest", value: late.max, unit: "ms", target: { atMost: 1_000 } },
        ],
        tables: [],
      };
    },
  );
