import { type Database, inRole } from "./database.ts";
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
  flagFigures: number;
}

/**
 * The work of each hour: scans older than thirty days go (redemptions stay), answers kept for repeated calls go after
 * a week, what breakers counted when no window can hold it any more, and once a day each journal gets its seal.
 *
 * @param database Where. How old a row is, its own clock decides.
 * @param signer Of the deployment.
 * @param now Whose day the seals carry.
 */
export async function tidyUp(database: Database, signer: SealSigner, now: Date): Promise<Tidied> {
  const scans = await inSlices(database, "prune_scans");
  const idempotencyKeys = await inSlices(database, "prune_idempotency");
  const flagFigures = await tidyFlagFigures(database, now);
  return { scans, idempotencyKeys, flagFigures, ...(await sealDay(database, signer, now)) };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Counts are for windows of an hour at most, and for a breaker's try; traces and signals for who looks into an incident. */
function tidyFlagFigures(database: Database, now: Date): Promise<number> {
  const before = (ms: number) => ({ lt: new Date(now.getTime() - ms) });
  return inRole(database, "tessera_operator", async (tx) => {
    const deleted = [
      await tx.flagTraffic.deleteMany({ where: { slice: before(6 * HOUR_MS) } }),
      await tx.flagFailure.deleteMany({ where: { at: before(7 * DAY_MS) } }),
      await tx.flagArrival.deleteMany({ where: { at: before(7 * DAY_MS) } }),
      await tx.signal.deleteMany({ where: { at: before(30 * DAY_MS) } }),
    ];
    return deleted.reduce((sum, { count }) => sum + count, 0);
  });
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
