import { until } from "../time.ts";
import type { World } from "../world/world.ts";

/** @returns The number of the newest journal entry of a tenant. */
export async function journalHead({ ask }: Pick<World, "ask">, tenant: string): Promise<number> {
  const [head] = await ask<{ seq: number }>("SELECT seq::int FROM stream_heads WHERE tenant_id = $1", [tenant]);
  return head?.seq ?? 0;
}

/** Resolves when everything that happened is numbered. @throws Error When the relay does not get there. */
export function untilOutboxIsEmpty({ ask }: Pick<World, "ask">): Promise<void> {
  return until("the outbox is empty", async () => {
    const [left] = await ask<{ n: number }>("SELECT count(*)::int AS n FROM outbox");
    return left?.n === 0;
  });
}
