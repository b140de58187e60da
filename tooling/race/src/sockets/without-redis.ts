import { newScanId } from "@tessera/sdk/node";
import { freshCodes } from "../measure/fresh-codes.ts";
import { type Spread, spreadOf } from "../measure/quantile.ts";
import { pause, until } from "../time.ts";
import { journalHead, untilOutboxIsEmpty } from "../workload/journal-head.ts";
import { sendScan } from "../workload/send-scan.ts";
import type { World } from "../world/world.ts";
import { type PlainClient, plainClient } from "./plain-client.ts";

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
}

const PATIENCE_MS = 20_000;

/** Redis is dead when this begins, and afterwards. */
export async function newsWithoutRedis(world: World, { scans, urls }: WithoutRedisOptions): Promise<WithoutRedis> {
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const after = await journalHead(world, tenant.id);
  const who = { tenant: tenant.id, token: tenant.deskToken, after };
  const clients: PlainClient[] = await Promise.all(
    urls.map((url, index) => plainClient({ ...who, name: `client ${index}`, url: () => url })),
  );
  try {
    const answeredAt = new Map<string, number>();
    for (const code of await freshCodes(world, scans)) {
      const entry = await sendScan(world, { code, scan: newScanId(), attempt: 1, node: 0 });
      if (entry.type === "ok") answeredAt.set(code.id, entry.return);
      await pause(50 + Math.random() * 100); // not in step with whoever looks four times a second
    }
    await untilOutboxIsEmpty(world);
    const head = await journalHead(world, tenant.id);
    const isDone = () => clients.every((client) => client.head() >= head);
    await until("all have heard", isDone, { patienceMs: PATIENCE_MS }).catch(() => {});

    const late: number[] = [];
    let missed = 0;
    for (const client of clients) {
      for (let seq = after + 1; seq <= head; seq++) if (!client.arrivals.has(seq)) missed++;
      for (const { seq, entity } of client.heard().events) {
        const answered = answeredAt.get(entity);
        const arrived = client.arrivals.get(seq);
        if (answered !== undefined && arrived !== undefined) late.push(Math.max(0, arrived - answered));
      }
    }
    return { late: spreadOf(late), missed };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
