import { setTimeout as after } from "node:timers/promises";
import { startCpu } from "../common/cpu.ts";
import { openCrowd } from "../common/crowd/remote-crowd.ts";
import { rssOf } from "../common/rss.ts";
import type { Server } from "../common/servers.ts";
import type { Contender } from "./contenders.ts";

/** One who tells, how many listen, and what it gave. */
export interface Cell {
  name: string;
  subscribers: number;
  deliveredPerSecond: number;
  /** Of what should have been delivered in that time. */
  share: number;
  p50: number;
  p99: number;
  /** Seconds of the server's processor time for a million deliveries. */
  cpuPerMillion: number;
  /** Memory of the server for each connection: when all had come, and at the end of the telling; kB. */
  rssIdle: number;
  rssBusy: number;
  /** Numbers that somebody should have heard and did not, after all was read. */
  missed: number;
}

export interface CellOptions {
  subscribers: number;
  everyMs: number;
  seconds: number;
}

const WARM_UP = { subscribers: 200, news: 20 };
const WARM_SECONDS = 3;

/** Each cell has a server that was just started, so that nobody's memory tells of another cell. */
export async function measureCell(contender: Contender, options: CellOptions): Promise<Cell> {
  const server = await contender.start();
  try {
    await warmUp(contender, server);
    return await measure(contender, server, options);
  } finally {
    await server.kill(); // it would ask ten thousand clients to come back somewhere else first
  }
}

const crowdOf = ({ dialect, token }: Contender, { url }: Server) =>
  openCrowd({ ports: [Number(new URL(url).port)], dialect, token });

async function warmUp(contender: Contender, server: Server): Promise<void> {
  const crowd = await crowdOf(contender, server);
  try {
    await crowd.enter(WARM_UP.subscribers);
    await crowd.publish(contender.news(server, WARM_UP.news, 50));
    await crowd.listen(WARM_UP.news * 50);
    await crowd.leave();
    await after(500);
  } finally {
    await crowd.close();
  }
}

async function measure(
  contender: Contender,
  server: Server,
  { subscribers, everyMs, seconds }: CellOptions,
): Promise<Cell> {
  const crowd = await crowdOf(contender, server);
  try {
    const before = rssOf(server.pid);
    await crowd.enter(subscribers);
    await after(1_000);
    const idle = rssOf(server.pid);

    await crowd.publish(contender.news(server, ((WARM_SECONDS + seconds) * 1_000) / everyMs + 50, everyMs));
    await crowd.listen(WARM_SECONDS * 1_000);
    const stopwatch = startCpu({ server: ({ pid }) => pid === server.pid });
    const heard = await crowd.listen(seconds * 1_000);
    const { server: cpuUs = 0 } = stopwatch.stop();
    const busy = rssOf(server.pid);
    await crowd.stopPublishing();
    const { missed } = await crowd.settle(10_000);

    return {
      name: contender.name,
      subscribers,
      deliveredPerSecond: (heard.delivered / heard.ms) * 1_000,
      share: Math.min(1, heard.delivered / heard.wanted), // what was asked for just before counts as well
      p50: heard.p50,
      p99: heard.p99,
      cpuPerMillion: cpuUs / heard.delivered,
      rssIdle: (idle - before) / subscribers,
      rssBusy: (busy - before) / subscribers,
      missed,
    };
  } finally {
    await crowd.close();
  }
}
