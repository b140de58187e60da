import { driftBetween } from "@tessera/db/drift";
import {
  builders,
  emptyServerDatabase,
  inTenant,
  migrate,
  scopeOf,
  serverDatabaseForTest,
  type TestDatabase,
  takeBack,
} from "@tessera/db/testing";
import { describeWith, postgres } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

const adminUrl = () => (postgres.available ? postgres.url : "");

/** As the superuser of the same database, for whom row security is off. */
async function asSuperuser<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const admin = new URL(adminUrl());
  admin.pathname = new URL(url).pathname;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const MIGRATIONS = [
  "20261121000000_one_redemption",
  "20261122000001_whole_protocol",
  "20261122000002_code_keys",
  "20261122000003_journal",
  "20261124000001_hot_path",
  "20261124000002_rights",
  "20261125000001_flags",
  "20261125000002_flags_held",
  "20261126000001_people",
  "20261126000002_machines",
  "20261126000003_least_rights",
  "20261127000001_security",
  "20261127000002_loan_rules",
  "20261127000003_reservations",
  "20261127000003_shelf_reminders",
  "20261127000004_places",
  "20261127000005_requests",
  "20261127000006_things",
  "20261127000007_labels",
  "20261127000008_self_service",
  "20261127000009_claims_end",
];

describeWith(postgres, "the migrations on a real PostgreSQL", () => {
  it("apply once, by an ordinary role, and change nothing when they run again", async () => {
    const database = await emptyServerDatabase(adminUrl());
    expect(await migrate(database.url)).toEqual(MIGRATIONS);
    expect(await migrate(database.url)).toEqual([]);
    await database.drop();
  });

  it("let only one of several processes that start at once apply them", async () => {
    const database = await emptyServerDatabase(adminUrl());
    const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(applied.flat()).toEqual(MIGRATIONS);
    await database.drop();
  });

  it("can be taken back, and applied again", async () => {
    const database = await emptyServerDatabase(adminUrl());
    await migrate(database.url);
    await takeBack(database.url);
    const left = await asSuperuser(database.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    expect(left).toEqual([{ tablename: "_prisma_migrations" }]);
    expect(await migrate(database.url)).toEqual(MIGRATIONS);
    await database.drop();
  });

  it("say what an administrator must do when the login may not make roles", async () => {
    const database = await emptyServerDatabase(adminUrl());
    const login = `tessera_plain_${Date.now()}`;
    await asSuperuser(database.url, `CREATE ROLE ${login} LOGIN PASSWORD 'plain'`);
    await asSuperuser(database.url, `GRANT CREATE ON SCHEMA public TO ${login}`);
    const asPlain = new URL(database.url);
    asPlain.username = login;
    asPlain.password = "plain";
    await expect(migrate(asPlain.href)).rejects.toThrow(/An administrator .* must run once: GRANT tessera_gate/);
    await database.drop();
    await asSuperuser(adminUrl(), `DROP ROLE ${login}`);
  });

  it("refuse to run over a migration that was edited after it was applied", async () => {
    const database = await emptyServerDatabase(adminUrl());
    await migrate(database.url);
    await asSuperuser(database.url, "UPDATE _prisma_migrations SET checksum = 'another'");
    await expect(migrate(database.url)).rejects.toThrow("was edited after it was applied");
    await database.drop();
  });

  it("agree with schema.prisma, and a planted difference is found", async () => {
    const database = await emptyServerDatabase(adminUrl());
    await migrate(database.url);
    expect(await driftBetween(database.url)).toEqual([]);
    await asSuperuser(database.url, "ALTER TABLE resources ADD COLUMN forgotten text");
    expect((await driftBetween(database.url)).join()).toContain("forgotten");
    await database.drop();
  });
});

describeWith(postgres, "row security on a real PostgreSQL", () => {
  let database: TestDatabase;
  let tables: string[];

  beforeAll(async () => {
    database = await serverDatabaseForTest(adminUrl());
    const rows = await asSuperuser<{ table_name: string }>(
      database.url,
      `SELECT c.table_name FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name
        WHERE c.column_name = 'tenant_id' AND c.table_schema = 'public'`,
    );
    tables = rows.map(({ table_name }) => table_name);
  });
  afterAll(() => database?.close());

  it("is on, and forced, for every table of a tenant", async () => {
    expect(tables.length).toBeGreaterThanOrEqual(11);
    const open = await asSuperuser(
      database.url,
      "SELECT relname FROM pg_class WHERE relname = ANY($1) AND NOT (relrowsecurity AND relforcerowsecurity)",
      [tables],
    );
    expect(open).toEqual([]);
  });

  it("shows the product's role nothing while there is no tenant, and refuses its writes", async () => {
    const build = builders(database);
    const tenant = await build.tenant({ slug: "row-security", name: "Row security" });
    await build.resource(tenant, { name: "Drill" });

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("SET ROLE tessera_app");
    for (const table of [...tables, "tenants"]) {
      expect((await client.query(`SELECT count(*)::int AS n FROM ${table}`)).rows, table).toEqual([{ n: 0 }]);
    }
    const write = client.query(
      "INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES ($1, 'x', $1, 0, '{}')",
      [tenant],
    );
    await expect(write).rejects.toThrow("row-level security");
    await client.end();
  });

  it("hides one tenant's rows from another, and lets none be written into it", async () => {
    const build = builders(database);
    const [mine, other] = [
      await build.tenant({ slug: "mine", name: "Mine" }),
      await build.tenant({ slug: "other", name: "Other" }),
    ];
    await build.resource(other, { name: "Theirs" });
    const member = await build.member(other, { name: "Member" });

    const inMine = inTenant(database, scopeOf(mine));
    expect(await inMine((tx) => tx.resource.findMany())).toEqual([]);
    expect(await inMine((tx) => tx.member.count({ where: { id: member } }))).toBe(0);
    const smuggled = inMine((tx) =>
      tx.deviceInvitation.create({
        data: { tenantId: other, codeHash: Buffer.from("x"), name: "x", expiresAt: new Date() },
      }),
    );
    await expect(smuggled).rejects.toThrow(/row-level security/);
  });

  it("keeps who and what a check-out names, even from the database's owner", async () => {
    const build = builders(database);
    const tenantId = await build.tenant({ slug: "kept", name: "Kept" });
    const [holder, stranger] = [
      await build.member(tenantId, { name: "Holder" }),
      await build.member(tenantId, { name: "Stranger" }),
    ];
    const thing = await build.resource(tenantId, { name: "Drill" });
    const insert = `INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
      VALUES ($1, $2, $3, now(), now())`;
    await asSuperuser(database.url, insert, [tenantId, thing, holder]);

    const remove = (table: "members" | "resources", id: string) =>
      asSuperuser(database.url, `DELETE FROM ${table} WHERE id = $1 RETURNING id`, [id]);
    await expect(remove("members", holder)).rejects.toThrow("checkouts still names this row of members");
    await expect(remove("resources", thing)).rejects.toThrow("checkouts still names this row of resources");
    expect(await remove("members", stranger)).toEqual([{ id: stranger }]);
  });

  it("lets the operators' emergency statement cancel every code at once, and journals each", async () => {
    const build = builders(database);
    const tenantId = await build.tenant({ slug: "emergency", name: "Emergency" });
    const holderId = await build.member(tenantId, { name: "Member" });
    const resourceId = await build.resource(tenantId, { name: "Drill" });
    const expiresAt = new Date(Date.now() + 600_000);
    const code = (lookup: string) => ({
      tenantId,
      lookup: Buffer.from(lookup),
      purpose: "check_out",
      holderId,
      resourceId,
      mask: 0,
      expiresAt,
    });
    await inTenant(database, scopeOf(tenantId))((tx) => tx.qrCode.createMany({ data: [code("a"), code("b")] }));

    const operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    await operator.query("SET ROLE tessera_operator");
    const { rowCount } = await operator.query(
      "UPDATE qr_codes SET invalidated_at = CURRENT_TIMESTAMP WHERE invalidated_at IS NULL",
    );
    await operator.end();

    expect(rowCount).toBe(2);
    const news = await asSuperuser(
      database.url,
      "SELECT count(*)::int AS n FROM outbox WHERE type = 'code.revoked' AND tenant_id = $1",
      [tenantId],
    );
    expect(news).toEqual([{ n: 2 }]);
  });
});
