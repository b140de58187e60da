import { newScanId } from "@tessera/sdk/node";
import { sendScan } from "../workload/send-scan.ts";
import type { World } from "../world/world.ts";
import { freshCodes } from "./fresh-codes.ts";
import { spreadOf, tenth } from "./quantile.ts";

/** What people at the desks notice when every Redis is dead: the first scans wait, and nothing else. */
export interface RedisDead {
  /** A scan with every Redis alive, in the middle, milliseconds. */
  before: number;
  /** How much longer than that each scan took from the moment they were dead, in order, at one API process. */
  extra: readonly number[];
  /** The middle of the second half of `extra`: what stays. */
  extraInTheEnd: number;
  /** Scans that were not a yes although each had a fresh code. */
  refused: number;
  failed: number;
}

/** @param scans How many before, and how many after. */
export async function redisDead(world: World, scans = 40): Promise<RedisDead> {
  const codes = await freshCodes(world, scans * 3);
  const answers = { refused: 0, failed: 0 };
  const inTurn = async (count: number) => {
    const times: number[] = [];
    for (const code of codes.splice(0, count)) {
      const entry = await sendScan(world, { code, scan: newScanId(), attempt: 1, node: 0 });
      times.push(entry.return - entry.invoke);
      if (entry.type === "refused") answers.refused++;
      if (entry.type === "info") answers.failed++;
    }
    return times;
  };

  await inTurn(scans); // warm
  const before = spreadOf(await inTurn(scans)).p50;
  const servers = world.redis.ports.map((_, index) => index);
  await Promise.all(servers.map(world.redis.kill));
  try {
    const extra = (await inTurn(scans)).map((time) => tenth(time - before));
    const extraInTheEnd = spreadOf(extra.slice(scans / 2)).p50;
    return { before, extra, extraInTheEnd, ...answers };
  } finally {
    for (const index of servers) await world.redis.revive(index);
  }
}
