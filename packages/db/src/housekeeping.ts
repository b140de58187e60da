import type { Database } from "./database.ts";
import { type DaySealed, type SealSigner, sealDay } from "./stores/seals.ts";

/** Deleted at a time: short enough to hold up nobody, on the embedded database either. */
const SLICE = 1_000;
/** The rest waits for the next hour. */
const MOST_SLICES = 500;

/** What was tidied up. */
export interface Tidied extends DaySealed {
  /** Rows that were deleted. */
  scans: number;
  idempotencyKeys: number;
}

/**
 * The work of each hour: scans older than thirty days go (redemptions stay), answers kept for repeated calls go after
 * a week, and once a day each journal gets its seal.
 *
 * @param database Where. How old a row is, its own clock decides.
 * @param signer Of the deployment.
 * @param now Whose day the seals carry.
 */
export async function tidyUp(database: Database, signer: SealSigner, now: Date): Promise<Tidied> {
  const scans = await inSlices(database, "prune_scans");
  const idempotencyKeys = await inSlices(database, "prune_idempotency");
  return { scans, idempotencyKeys, ...(await sealDay(database, signer, now)) };
}

type Pruner = "prune_scans" | "prune_idempotency";

async function inSlices({ hot }: Database, pruner: Pruner): Promise<number> {
  let pruned = 0;
  for (let slice = 0; slice < MOST_SLICES; slice++) {
    const { rows } = await hot.query<{ pruned: number }>(`SELECT ${pruner}($1) AS pruned`, [SLICE]);
    const count = rows[0]?.pruned ?? 0;
    pruned += count;
    if (count < SLICE) break;
  }
  return pruned;
}

/** What waits to be numbered. */
export interface OutboxWaiting {
  waiting: number;
  /** The age of the oldest, seconds; 0 when none waits. */
  lagSeconds: number;
}

/** @returns How far the relay is behind, now. */
export async function outboxWaiting({ hot }: Database): Promise<OutboxWaiting> {
  const { rows } = await hot.query<{ waiting: string; lag_seconds: number }>({
    name: "outbox_waiting",
    text: "SELECT waiting, lag_seconds FROM outbox_waiting()",
  });
  return { waiting: Number(rows[0]?.waiting ?? 0), lagSeconds: rows[0]?.lag_seconds ?? 0 };
}
