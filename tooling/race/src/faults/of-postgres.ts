import pg from "pg";
import { now, pause } from "../time.ts";
import { brokenFor, type Fault } from "./fault.ts";

export const postgresCrashes: Fault = {
  id: "F4",
  breaks: "PostgreSQL crashes and recovers",
  async inject({ postgres }, chance, tell) {
    tell("crashes PostgreSQL");
    await postgres.crash();
    await brokenFor(chance.between(0, 500), pause, postgres.start);
    tell("PostgreSQL accepts connections again");
  },
};

/** MATERIALIZED: the victims are chosen before the first is ended, or this very session could be one. */
const END_REDEMPTIONS = `
  WITH victims AS MATERIALIZED (
    SELECT pid FROM pg_stat_activity
     WHERE state = 'active' AND query LIKE '%redeem_code%' AND pid <> pg_backend_pid())
  SELECT pg_terminate_backend(pid) FROM victims`;

export const backendsKilled: Fault = {
  id: "F5",
  breaks: "PostgreSQL sessions are ended in the middle of a redemption",
  async inject({ ask }, chance, tell) {
    let killed = 0;
    for (const until = now() + chance.between(500, 1_500); now() < until; await pause(10)) {
      const rows = await ask(END_REDEMPTIONS);
      killed += rows.length;
    }
    tell(`ended ${killed} sessions at work`);
  },
};

export const postgresPaused: Fault = {
  id: "F6",
  breaks: "PostgreSQL stands still",
  async inject({ postgres }, chance, tell) {
    const ms = chance.between(1_500, 3_000);
    tell("stops every worker of PostgreSQL");
    await brokenFor(ms, pause, await postgres.pauseWorkers());
  },
};

export const postgresRestarts: Fault = {
  id: "F7",
  breaks: "PostgreSQL is restarted in order",
  async inject({ postgres }, _chance, tell) {
    tell("restarts PostgreSQL");
    await postgres.stop();
    await postgres.start();
  },
};

export const postgresReadOnly: Fault = {
  id: "F8",
  breaks: "PostgreSQL may only be read",
  async inject({ postgres }, chance, tell) {
    tell("makes PostgreSQL read only");
    await postgres.setReadOnly(true);
    await brokenFor(chance.between(700, 2_000), pause, () => postgres.setReadOnly(false));
  },
};

/** Most of the codes that are played with, so that many scans run into it. */
const HELD = "SELECT id FROM qr_codes WHERE uses < max_uses ORDER BY created_at DESC LIMIT 12 FOR UPDATE SKIP LOCKED";

export const rowsHeld: Fault = {
  id: "F11",
  breaks: "a forgotten transaction holds the rows of codes",
  async inject({ ask, postgres }, chance, tell) {
    const [at] = await ask<{ name: string }>("SELECT current_database() AS name");
    const url = new URL(postgres.url);
    url.pathname = `/${at?.name}`;
    const forgetful = new pg.Client({ connectionString: url.href });
    forgetful.on("error", () => {});
    await forgetful.connect();
    const end = () => forgetful.end().catch(() => {});
    await forgetful.query("BEGIN").catch(end);
    const { rowCount } = await forgetful.query(HELD);
    tell(`holds the rows of ${rowCount} codes`);
    await brokenFor(chance.between(2_000, 5_000), pause, end);
  },
};
