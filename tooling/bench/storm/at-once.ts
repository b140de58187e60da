import { setTimeout as after } from "node:timers/promises";
import { startCpu } from "../common/cpu.ts";
import { openCrowd } from "../common/crowd/remote-crowd.ts";
import { median } from "../common/load.ts";
import type { Server } from "../common/servers.ts";
import type { Contender } from "../fanout/contenders.ts";

/** How a server takes very many who come at the same moment. */
export interface AtOnce {
  name: string;
  /** Until the last of them was told that it is subscribed. */
  ms: number;
  perSecond: number;
  /** Microseconds of the server's processor time for one of them. */
  cpuUs: number;
}

/**
 * Each server is met by the same crowd in turn, again and again; the first meeting of each is not counted.
 *
 * @param say Told of each meeting.
 */
export async function allAtOnce(
  contenders: readonly Contender[],
  count: number,
  rounds: number,
  say: (line: string) => void,
): Promise<AtOnce[]> {
  const servers: Server[] = [];
  try {
    for (const contender of contenders) servers.push(await contender.start());
    const met = contenders.map((): AtOnce[] => []);
    for (let round = 0; round <= rounds; round++) {
      for (const [index, contender] of contenders.entries()) {
        const one = await meet(contender, servers[index] as Server, count);
        say(
          `${round === 0 ? "warming up" : `round ${round}`}: ${one.name}: ${Math.round(one.perSecond)}/s, ${Math.round(one.cpuUs)} us`,
        );
        if (round > 0) met[index]?.push(one);
      }
    }
    return met.map((all) => {
      const middle = (of: (one: AtOnce) => number) => median(all.map(of));
      return {
        name: all[0]?.name ?? "",
        ms: middle(({ ms }) => ms),
        perSecond: middle(({ perSecond }) => perSecond),
        cpuUs: middle(({ cpuUs }) => cpuUs),
      };
    });
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
  }
}

async function meet({ name, dialect, token }: Contender, server: Server, count: number): Promise<AtOnce> {
  const crowd = await openCrowd({ ports: [Number(new URL(server.url).port)], dialect, token });
  try {
    const stopwatch = startCpu({ server: ({ pid }) => pid === server.pid });
    const ms = await crowd.enter(count, { atOnce: true });
    const { server: cpuUs = 0 } = stopwatch.stop();
    await crowd.leave();
    await after(1_000); // the server has noticed that they are gone
    return { name, ms, perSecond: (count / ms) * 1_000, cpuUs: cpuUs / count };
  } finally {
    await crowd.close();
  }
}
