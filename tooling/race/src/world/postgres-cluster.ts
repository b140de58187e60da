import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { postgresPrograms } from "../../../launch/services/postgres-programs.mjs";
import { reachablePrograms } from "../../../launch/services/reachable-programs.mjs";
import { runToEnd } from "../../../launch/services/run-to-end.mjs";
import { unprivilegedUser } from "../../../launch/services/unprivileged-user.mjs";
import { until } from "../time.ts";
import { type Postmaster, startPostmaster } from "./postmaster.ts";
import { stablePort } from "./stable-port.ts";

/** A PostgreSQL of one's own that may be treated badly: nobody else uses it, and it flushes to disk as a real one does. */
export interface PostgresCluster {
  port: number;
  /** Of the superuser, past every proxy. */
  url: string;
  /** One statement as the superuser, over a connection of its own. */
  ask<Row extends pg.QueryResultRow>(sql: string, values?: unknown[], database?: string): Promise<Row[]>;
  /** Ends as in a crash (`pg_ctl -m immediate`): nothing is written down, the next start recovers from the log. */
  crash(): Promise<void>;
  /** Ends in order (`pg_ctl -m fast`): calls under way are broken off. */
  stop(): Promise<void>;
  /** Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Stops (SIGSTOP) everything that works for the postmaster. @returns Lets them go on. */
  pauseWorkers(): Promise<() => void>;
  /** New transactions may only read, until it is called with false. */
  setReadOnly(readOnly: boolean): Promise<void>;
  /** Ends it and takes its files away. */
  close(): Promise<void>;
}

const SETTINGS = ["fsync=on", "synchronous_commit=on", "listen_addresses=127.0.0.1", "max_connections=300"];

/** @throws Error When this machine has no PostgreSQL programs. */
export async function startCluster(): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-race-postgres-"));
  let master: Postmaster | null = null;
  try {
    const as: { uid?: number; gid?: number } = process.getuid?.() === 0 ? unprivilegedUser() : {};
    if (as.uid && as.gid) chownSync(folder, as.uid, as.gid);
    const { value: found } = await postgresPrograms().next();
    if (!found) throw new Error("there are no PostgreSQL programs on this machine");
    const { initdb, postgres } = await reachablePrograms(found, folder, as);
    const data = join(folder, "data");
    const options = { ...as, cwd: folder, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } };
    await runToEnd(initdb, ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], options);

    const port = await stablePort();
    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    const settings = [...SETTINGS, `unix_socket_directories=${folder}`].flatMap((setting) => ["-c", setting]);
    const boot = () => startPostmaster(postgres, ["-D", data, "-p", String(port), ...settings], options);
    const ask = asker(url);

    const start = async () => {
      const booted = boot();
      master = booted;
      await until("PostgreSQL accepts connections", async () => {
        if (booted.hasEnded()) throw new Error(booted.lastWords());
        return (await ask("SELECT 1")).length === 1;
      }).catch((cause) => {
        throw new Error(`PostgreSQL did not start: ${booted.lastWords()}`, { cause });
      });
    };
    await start();

    return {
      port,
      url,
      ask,
      start,
      crash: async () => master?.end("SIGQUIT"),
      stop: async () => master?.end("SIGINT"),
      pauseWorkers: () => pauseWorkers(ask),
      async setReadOnly(readOnly) {
        // ALTER SYSTEM writes no table, so it is allowed even while everything may only read.
        await ask(`ALTER SYSTEM SET default_transaction_read_only = ${readOnly ? "on" : "off"}`);
        await ask("SELECT pg_reload_conf()");
      },
      async close() {
        await master?.end("SIGQUIT");
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await (master as Postmaster | null)?.end("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function asker(url: string): PostgresCluster["ask"] {
  return async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = [], database = "postgres") => {
    const at = new URL(url);
    at.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: at.href, connectionTimeoutMillis: 2_000, query_timeout: 30_000 });
    client.on("error", () => {}); // broken while idle: the statement that needs it says so
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  };
}

async function pauseWorkers(ask: PostgresCluster["ask"]): Promise<() => void> {
  const workers = await ask<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
  const send = (signal: "SIGSTOP" | "SIGCONT") => {
    for (const { pid } of workers) {
      try {
        process.kill(pid, signal);
      } catch {} // it has ended meanwhile
    }
  };
  send("SIGSTOP");
  return () => send("SIGCONT");
}
