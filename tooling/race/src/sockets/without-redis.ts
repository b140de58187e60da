import { type Spread, spreadOf } from "../measure/quantile.ts";
import { until } from "../time.ts";
import { journalHead, untilOutboxIsEmpty } from "../workload/journal-head.ts";
import type { World } from "../world/world.ts";
import { plainClient } from "./plain-client.ts";
import { delaysOf, missedOf, sendProbes } from "./probes.ts";

/** How late news of one process reaches the clients of the others, with every Redis dead. */
export interface WithoutRedis {
  /** From the desk's answer, milliseconds. */
  late: Spread;
  /** Events that a client never heard. */
  missed: number;
}

export interface WithoutRedisOptions {
  scans: number;
  /** Where clients listen; the scans are all sent to the first process of the world. */
  urls: readonly string[];
  /** How long they may take to hear of the last one before it counts as missed. */
  patienceMs?: number;
}

/** Redis is dead when this begins, and afterwards. */
export async function newsWithoutRedis(
  world: World,
  { scans, urls, patienceMs = 20_000 }: WithoutRedisOptions,
): Promise<WithoutRedis> {
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const after = await journalHead(world, tenant.id);
  const who = { tenant: tenant.id, token: tenant.deskToken, after };
  const clients = await Promise.all(
    urls.map((url, index) => plainClient({ ...who, name: `client ${index}`, url: () => url })),
  );
  try {
    const probes = await sendProbes(world, scans);
    await untilOutboxIsEmpty(world);
    const head = await journalHead(world, tenant.id);
    const isDone = () => clients.every((client) => client.head() >= head);
    await until("all have heard", isDone, { patienceMs }).catch(() => {});
    return { late: spreadOf(delaysOf(probes, clients)), missed: missedOf(clients, after, head) };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
