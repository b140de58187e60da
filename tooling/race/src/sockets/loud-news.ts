import { randomUUID } from "node:crypto";
import { now, pause } from "../time.ts";
import type { World } from "../world/world.ts";

/** News that fills sockets quickly: a desk with a very long name, again and again. */
export interface LoudNewsOptions {
  tenant: string;
  perSecond: number;
  seconds: number;
  bytes: number;
}

/** Writes it as an operator's SQL would. Resolves when all of it is written; the relay finds it by looking. */
export async function loudNews(
  { ask }: Pick<World, "ask">,
  { tenant, perSecond, seconds, bytes }: LoudNewsOptions,
): Promise<void> {
  const name = "n".repeat(bytes);
  const began = now();
  for (let piece = 0; piece < perSecond * seconds; piece++) {
    await pause(Math.max(0, began + (piece * 1_000) / perSecond - now()));
    await ask(
      `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
       VALUES ($1, 'device.paired', $2, 0, jsonb_build_object('name', $3::text))`,
      [tenant, randomUUID(), name],
    );
  }
}
