import { randomUUID } from "node:crypto";
import { now, pause, until } from "../time.ts";
import { journalHead } from "../workload/journal-head.ts";
import type { World } from "../world/world.ts";

/** News that fills sockets quickly: a desk with a very long name, again and again. */
export interface LoudNews {
  /** When each piece was written, by its number in the journal; the runner's clock. */
  writtenAt: ReadonlyMap<number, number>;
  /** The number of the last piece. */
  head: number;
}

export interface LoudNewsOptions {
  tenant: string;
  perSecond: number;
  seconds: number;
  bytes: number;
}

/** @returns When all of it is in the journal. */
export async function loudNews(
  { ask }: Pick<World, "ask">,
  { tenant, perSecond, seconds, bytes }: LoudNewsOptions,
): Promise<LoudNews> {
  const writtenAt = new Map<number, number>();
  const first = (await journalHead({ ask }, tenant)) + 1;
  const count = perSecond * seconds;
  const name = "n".repeat(bytes);
  const began = now();
  for (let piece = 0; piece < count; piece++) {
    await pause(Math.max(0, began + (piece * 1_000) / perSecond - now()));
    writtenAt.set(first + piece, now());
    await ask(
      `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
       VALUES ($1, 'device.paired', $2, 0, jsonb_build_object('name', $3::text))`,
      [tenant, randomUUID(), name],
    );
  }
  const head = first + count - 1;
  await until("all news is numbered", async () => (await journalHead({ ask }, tenant)) >= head);
  return { writtenAt, head };
}
