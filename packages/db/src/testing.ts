import { randomBytes, randomUUID } from "node:crypto";
import type { DeviceId, TenantId } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import pg from "pg";
import { type Database, inRole, openDatabase } from "./database.ts";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";

export { inRole } from "./database.ts";
export { migrate, takeBack } from "./migrate.ts";
export { builders, hashOf } from "./seed/builders.ts";
export { inTenant } from "./tenant.ts";

/** A database of a test's own. */
export interface TestDatabase extends Database {
  url: string;
  /** For what the product itself can never do, such as making a row older. Row security does not hold. */
  asSuperuser(sql: string): Promise<void>;
}

/** @returns A migrated embedded database in memory. `close` ends it. */
export async function embeddedForTest(): Promise<TestDatabase> {
  const embedded = await startEmbedded(null);
  await migrate(embedded.url);
  const database = openDatabase("embedded", embedded.url);
  return {
    ...database,
    url: embedded.url,
    asSuperuser: (sql) => database.hot.query(sql).then(() => {}),
    async close() {
      await database.close();
      await embedded.stop();
    },
  };
}

/** An ordinary login, as a deployment would have it: it may make roles, and row security holds for it. */
const LOGIN = { user: "tessera_test", password: "tessera_test" };
const ROLES = ["tessera_gate", "tessera_app", "tessera_relay", "tessera_auth", "tessera_operator"];

/**
 * An empty database on a real server, owned by an ordinary login.
 *
 * @param adminUrl Of a role that may make databases and roles.
 * @returns Its address and what takes it away again.
 */
export async function emptyServerDatabase(adminUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `tessera_test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, async (admin) => {
    await admin.query("SELECT pg_advisory_lock(7321003)"); // roles belong to the whole cluster; test files run side by side
    await admin.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${LOGIN.user}') THEN
        CREATE ROLE ${LOGIN.user} LOGIN NOSUPERUSER CREATEROLE PASSWORD '${LOGIN.password}';
      END IF; END $$`);
    for (const role of ROLES) {
      await admin.query(`DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN
          CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
        IF NOT pg_has_role('${LOGIN.user}', '${role}', 'MEMBER') THEN GRANT ${role} TO ${LOGIN.user}; END IF; END $$`);
    }
    await admin.query(`CREATE DATABASE ${name} OWNER ${LOGIN.user}`);
  });
  const url = new URL(adminUrl);
  url.username = LOGIN.user;
  url.password = LOGIN.password;
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () =>
      asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)).then(() => {}),
  };
}

/**
 * @param most How many connections tenants' work may use at once; as many as in the product when left out.
 * @returns A migrated database on a real server. `close` takes it away.
 */
export async function serverDatabaseForTest(adminUrl: string, most?: number): Promise<TestDatabase> {
  const { url, drop } = await emptyServerDatabase(adminUrl);
  await migrate(url);
  const database = openDatabase("postgres", url, most);
  const asAdminHere = new URL(adminUrl);
  asAdminHere.pathname = new URL(url).pathname;
  return {
    ...database,
    url,
    asSuperuser: (sql) => asAdmin(asAdminHere.href, (admin) => admin.query(sql)).then(() => {}),
    async close() {
      await database.close();
      await drop();
    },
  };
}

async function asAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The scope of a tenant, without a gate: for tests of what lies below it. */
export const scopeOf = (tenant: TenantId): TenantScope => tenant as TenantScope;

/** A paired kiosk. @returns Its id. */
export function deviceForTest(database: Database, tenant: TenantId, name = "Front desk"): Promise<DeviceId> {
  return inRole(database, "tessera_gate", async (tx) => {
    const id = randomUUID();
    await tx.device.create({ data: { tenantId: tenant, id, name, tokenHash: randomBytes(32) } });
    return id as DeviceId;
  });
}
