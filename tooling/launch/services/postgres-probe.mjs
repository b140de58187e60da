import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../paths.mjs";

const OLDEST = 15;
const PATIENCE_MS = 3_000;

/** Null when the suites can use this server, else the reason why not. Never throws. */
export async function probePostgres(url) {
  const { Client } = createRequire(join(root, "packages/db/package.json"))("pg");
  let client;
  try {
    client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
    client.on("error", () => {}); // a connection that breaks later is the suites' business
    await client.connect();
    const { rows } = await client.query(`
      select current_setting('server_version_num')::int / 10000 as version,
             rolsuper or (rolcreatedb and rolcreaterole) as allowed, pg_is_in_recovery() as standby
      from pg_roles where rolname = current_user`);
    const { version, allowed, standby } = rows[0];
    if (version < OLDEST) return `it is PostgreSQL ${version}, and ${OLDEST} is the oldest that will do`;
    if (standby) return "it is a standby, which takes no writes";
    return allowed ? null : "the role may not create databases and roles";
  } catch (error) {
    return error.message || String(error.code ?? error);
  } finally {
    await client?.end().catch(() => {});
  }
}
