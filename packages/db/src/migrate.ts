import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** In the built server the migrations lie beside it; in the source they lie where Prisma expects them. */
const FOLDER = ["./migrations", "../prisma/migrations"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** A migration that cannot be applied here; the message says why, and where possible what to do. */
export class MigrationFailed extends Error {}

const ROLES = ["tessera_gate", "tessera_app", "tessera_relay", "tessera_auth", "tessera_operator"].join(", ");
const ROLES_HINT = `An administrator of the database must run once: GRANT ${ROLES} TO this role (and CREATE ROLE … NOLOGIN for those that are missing).`;

/** One process migrates, the others wait. */
const LOCK = 7321002;

/** The table that `prisma migrate status` reads, so that it agrees with us where its engine is to be had. */
const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0)`;

/** @returns The names of all migrations of this release, in order. */
function migrationNames(): string[] {
  if (!FOLDER) throw new Error("the migrations are missing: build the server again");
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(String(FOLDER), name, "migration.sql")))
    .sort();
}

/**
 * Brings a database to this release. Each migration is one transaction; running it again changes nothing.
 *
 * @param url Of a role that owns the database.
 * @returns The names of those applied now.
 * @throws MigrationFailed When an applied migration was edited since, or one fails: then nothing of it is left behind.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(BOOK);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      "SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL",
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const now: string[] = [];
    for (const name of migrationNames()) {
      if (await applyOne(client, name, applied.get(name))) now.push(name);
    }
    return now;
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]).catch(() => {});
    await client.end();
  }
}

/** The login is not allowed to make the product's roles, or to take those that another database of the cluster made. */
const isAboutRoles = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "42501" && /\brole\b/.test(error.message);

async function applyOne(client: pg.Client, name: string, appliedAs: string | undefined): Promise<boolean> {
  const sql = readFileSync(join(String(FOLDER), name, "migration.sql"), "utf8");
  const checksum = createHash("sha256").update(sql).digest("hex");
  if (appliedAs === checksum) return false;
  if (appliedAs)
    throw new Error(`The migration ${name} was edited after it was applied. Put it back, and add a new one.`);

  // CREATE INDEX CONCURRENTLY refuses to run in a transaction, so such a file holds that one statement.
  const inTransaction = !/\bCONCURRENTLY\b/i.test(sql);
  if (inTransaction) await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    if (inTransaction) await client.query("COMMIT");
  } catch (cause) {
    if (inTransaction) await client.query("ROLLBACK").catch(() => {});
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = isAboutRoles(cause) ? ` ${ROLES_HINT}` : "";
    throw new MigrationFailed(`The migration ${name} failed and left nothing behind: ${why}.${hint}`, { cause });
  }
  return true;
}

/**
 * Takes every migration of this release back, newest first, with what is in the tables. The roles stay.
 *
 * @param url Of a role that owns the database.
 */
export async function takeBack(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const name of migrationNames().reverse()) {
      await client.query(readFileSync(join(String(FOLDER), name, "down.sql"), "utf8"));
      await client.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1", [name]);
    }
  } finally {
    await client.end();
  }
}
