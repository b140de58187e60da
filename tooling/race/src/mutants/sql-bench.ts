import { serverDatabaseForTest } from "@tessera/db/testing";
import pg from "pg";
import type { Ask } from "../failpoints/patched-function.ts";
import { until } from "../time.ts";

/** A database of the trials' own on a real PostgreSQL, with the ways in that a trial needs. */
export interface SqlBench {
  /** As the product logs in. */
  url: string;
  /** As superuser: row security is off. */
  ask: Ask;
  /** As the product logs in: an ordinary role. */
  product: pg.Pool;
  /** The same database as a superuser: what F31 is. */
  asSuperuser: pg.Pool;
  /** @returns A pool of so many connections as the product logs in. */
  pool(connections: number): pg.Pool;
  /** Holds up the scan with this id where `GATE` was put, until the gate is opened. */
  closeGate(scan: string): Promise<{ open(): Promise<void> }>;
  /** Resolves when so many sessions wait for a lock, or when `settled` has ended. */
  untilWaiting(sessions: number, settled?: Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** One line of SQL for a function that decides scans: here its first one can be held up. */
export const GATE = "PERFORM pg_advisory_xact_lock_shared(hashtext(p_scans[1]::text));";

/** @param adminUrl Of a superuser who may make databases. */
export async function openSqlBench(adminUrl: string): Promise<SqlBench> {
  const database = await serverDatabaseForTest(adminUrl);
  const superuser = new URL(adminUrl);
  superuser.pathname = new URL(database.url).pathname;
  const pools: pg.Pool[] = [];
  const open = (connectionString: string, max: number) => {
    const pool = new pg.Pool({ connectionString, max });
    pool.on("error", () => {}); // one that a trial ended while it was idle
    pools.push(pool);
    return pool;
  };
  const asSuperuser = open(superuser.href, 4);
  const ask: Ask = async (sql, values) => (await asSuperuser.query(sql, values)).rows;

  return {
    url: database.url,
    ask,
    asSuperuser,
    product: open(database.url, 8),
    pool: (connections) => open(database.url, connections),

    async closeGate(scan) {
      const keeper = new pg.Client({ connectionString: superuser.href });
      await keeper.connect();
      await keeper.query("SELECT pg_advisory_lock(hashtext($1))", [scan]);
      return { open: () => keeper.end() };
    },

    async untilWaiting(sessions, settled) {
      let isSettled = false;
      void settled?.finally(() => {
        isSettled = true;
      });
      await until(`${sessions} sessions wait for a lock`, async () => {
        if (isSettled) return true;
        const [found] = await ask<{ n: number }>(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return found !== undefined && found.n >= sessions;
      });
    },

    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.close();
    },
  };
}
