import { type Database, inRole, type Tx } from "./database.ts";
import { Prisma } from "./generated/prisma/client.ts";

/** Deleted at a time: short enough to hold up nobody, on the embedded database either. */
const SLICE = 1_000;
/** The rest waits for the next hour. */
const MOST_SLICES = 500;

/** What was tidied up. */
export interface Tidied {
  /** Rows that were deleted. */
  scans: number;
  idempotencyKeys: number;
  flagFigures: number;
  /** Alerts that are long over, and blocks that have ended. */
  security: number;
}

/**
 * Scans older than thirty days go (redemptions stay), answers kept for repeated calls go after a week, and of what breakers
 * and ramps counted what none of them counts any more. Alerts go after ninety days, and blocked addresses when their time is over.
 *
 * @param database Where. How old a scan or an answer is, its own clock decides.
 * @param now Of who counts.
 */
export async function tidyUp(database: Database, now: Date): Promise<Tidied> {
  const scans = await inSlices(() => prune(database, "prune_scans"));
  const idempotencyKeys = await inSlices(() => prune(database, "prune_idempotency"));
  const flagFigures = await tidyFlagFigures(database, now);
  return { scans, idempotencyKeys, flagFigures, security: await tidySecurity(database, now) };
}

async function inSlices(deleteSlice: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (let slice = 0; slice < MOST_SLICES; slice++) {
    const count = await deleteSlice();
    deleted += count;
    if (count < SLICE) break;
  }
  return deleted;
}

async function prune({ hot }: Database, pruner: "prune_scans" | "prune_idempotency"): Promise<number> {
  const { rows } = await hot.query<{ pruned: number }>(`SELECT ${pruner}($1) AS pruned`, [SLICE]);
  return rows[0]?.pruned ?? 0;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Windows are an hour at most; traces and signals are for who looks into an incident. */
async function tidyFlagFigures(database: Database, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const asOperator = (work: (tx: Tx) => Promise<number>) => inSlices(() => inRole(database, "tessera_operator", work));
  const deleteOlder = (table: "flag_failures" | "flag_arrivals" | "signals", ms: number) =>
    asOperator((tx) => {
      const from = Prisma.raw(table);
      return tx.$executeRaw`DELETE FROM ${from}
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${from} WHERE at < ${before(ms)} LIMIT ${SLICE}))`;
    });
  const traffic = await asOperator((tx) => tidyTraffic(tx, before(6 * HOUR_MS)));
  const failures = await deleteOlder("flag_failures", 7 * DAY_MS);
  const arrivals = await deleteOlder("flag_arrivals", 7 * DAY_MS);
  return traffic + failures + arrivals + (await deleteOlder("signals", 30 * DAY_MS));
}

/** That a block has ended is in the journal by that. */
async function tidySecurity(database: Database, now: Date): Promise<number> {
  const deleteBefore = (table: string, column: string, moment: Date) =>
    inSlices(() =>
      inRole(database, "tessera_operator", (tx) => {
        const [from, at] = [Prisma.raw(table), Prisma.raw(column)];
        return tx.$executeRaw`DELETE FROM ${from}
          WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${from} WHERE ${at} < ${moment} LIMIT ${SLICE}))`;
      }),
    );
  const longAgo = new Date(now.getTime() - 90 * DAY_MS);
  let deleted = 0;
  for (const table of ["security_alerts", "platform_alerts"]) deleted += await deleteBefore(table, "last_at", longAgo);
  for (const table of ["blocked_addresses", "platform_blocked_addresses"])
    deleted += await deleteBefore(table, "expires_at", now);
  return deleted;
}

/**
 * A running ramp counts all calls since its step began, and a try since its share did, which may be weeks: those are kept,
 * by the hour, so that adding them up every two seconds stays cheap. A slice is never moved past the moment from which it
 * is counted.
 */
async function tidyTraffic(tx: Tx, before: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ deleted: number }[]>`
    WITH counted AS (
      SELECT f.key, r.step_since AS ramp,
             CASE WHEN f.breaker_state = 'half_open' THEN coalesce(f.breaker_changed_at, f.breaker_since) END AS try
        FROM feature_flags f LEFT JOIN flag_ramps r ON r.key = f.key AND r.state = 'running'
    ), old AS (
      SELECT t.ctid AS row, t.slice, t.slice >= least(c.ramp, c.try) AS is_counted,
             greatest(date_trunc('hour', t.slice), CASE WHEN c.ramp <= t.slice THEN c.ramp END,
                      CASE WHEN c.try <= t.slice THEN c.try END) AS hour
        FROM flag_traffic t LEFT JOIN counted c USING (key) WHERE t.slice < ${before}
    ), gone AS (
      DELETE FROM flag_traffic t USING (SELECT * FROM old WHERE is_counted IS NOT TRUE OR hour <> slice LIMIT ${SLICE}) o
       WHERE t.ctid = o.row RETURNING t.*, o.is_counted, o.hour
    ), kept AS (
      INSERT INTO flag_traffic AS t
      SELECT key, hour, exposed, of_tenant, sum(calls), sum(failures) FROM gone WHERE is_counted GROUP BY 1, 2, 3, 4
      ON CONFLICT (key, slice, exposed, of_tenant) DO UPDATE
        SET calls = t.calls + excluded.calls, failures = t.failures + excluded.failures)
    SELECT count(*)::int AS deleted FROM gone`;
  return row?.deleted ?? 0;
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
