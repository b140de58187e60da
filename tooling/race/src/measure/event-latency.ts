import { newScanId } from "@tessera/sdk/node";
import type { HistoryEntry } from "../history/history.ts";
import { now, pause, until } from "../time.ts";
import { journalHead, untilOutboxIsEmpty } from "../workload/journal-head.ts";
import { sendScan } from "../workload/send-scan.ts";
import { type LiveSubscriber, subscribe } from "../workload/subscriber.ts";
import type { World } from "../world/world.ts";
import { freshCodes } from "./fresh-codes.ts";
import { type Spread, spreadOf } from "./quantile.ts";

/** How fast news of a redemption reaches who listens, one subscriber at each API process. */
export interface EventLatency {
  withRedis: boolean;
  asked: number;
  /** Redemptions in each second, as it was reached. */
  perSecond: number;
  /** From the answer at the desk to each subscriber, milliseconds. News may overtake the answer: then it counts as 0. */
  sinceAnswer: Spread;
  /** From the database's decision, by the one clock of this machine; it includes the commit. */
  sinceDecision: Spread;
  /** Events that a subscriber never heard. */
  gaps: number;
  /** Redemptions that a subscriber heard twice, after it dropped the numbers it had seen. */
  doubles: number;
}

export interface EventLatencyOptions {
  perSecond?: number;
  seconds?: number;
  /** False: every Redis is dead meanwhile, and news travels by the journal alone. */
  withRedis: boolean;
}

export async function eventLatency(
  world: World,
  { perSecond = 200, seconds = 10, withRedis }: EventLatencyOptions,
): Promise<EventLatency> {
  const servers = world.redis.ports.map((_, index) => index);
  if (!withRedis) await Promise.all(servers.map(world.redis.kill));
  try {
    return { withRedis, asked: perSecond, ...(await measure(world, perSecond, seconds)) };
  } finally {
    if (!withRedis) for (const index of servers) await world.redis.revive(index);
  }
}

async function measure(world: World, perSecond: number, seconds: number) {
  const codes = await freshCodes(world, perSecond * seconds);
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const after = await journalHead(world, tenant.id);
  const subscribers = tenant.desks.map((desk, index) =>
    subscribe(desk, { name: `desk at api ${index}`, tenant: tenant.id, after }),
  );
  try {
    await pause(1_000); // subscribed everywhere
    const began = now();
    const entries = await Promise.all(
      codes.map(async (code, index) => {
        await pause(began + (index * 1_000) / perSecond - now());
        return sendScan(world, { code, scan: newScanId(), attempt: 1, node: index % world.nodes.length });
      }),
    );
    const lasted = Math.max(...entries.map((entry) => entry.return)) - began;

    await untilOutboxIsEmpty(world);
    const head = await journalHead(world, tenant.id);
    await until("every subscriber is up to date", () => subscribers.every((one) => one.head() >= head));
    return { perSecond: Math.round((entries.length / lasted) * 1_000), ...judged(subscribers, entries, after, head) };
  } finally {
    for (const one of subscribers) one.stop();
  }
}

function judged(subscribers: readonly LiveSubscriber[], entries: readonly HistoryEntry[], after: number, head: number) {
  const answeredAt = new Map(
    entries.flatMap(({ type, key, return: at }) => (type === "ok" ? [[key, at] as const] : [])),
  );
  const sinceAnswer: number[] = [];
  const sinceDecision: number[] = [];
  let gaps = 0;
  let doubles = 0;
  for (const one of subscribers) {
    const redeemed = new Set<string>();
    for (let seq = after + 1; seq <= head; seq++) if (!one.arrivals.has(seq)) gaps++;
    for (const [seq, { at, event, happenedAt }] of one.arrivals) {
      const answered = answeredAt.get(event.entity);
      if (event.type !== "code.redeemed" || answered === undefined || seq <= after) continue;
      if (redeemed.has(event.entity)) doubles++;
      redeemed.add(event.entity);
      sinceAnswer.push(Math.max(0, at - answered));
      sinceDecision.push(performance.timeOrigin + at - Date.parse(happenedAt));
    }
  }
  return { sinceAnswer: spreadOf(sinceAnswer), sinceDecision: spreadOf(sinceDecision), gaps, doubles };
}
