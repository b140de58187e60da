import { emptyServerDatabase, migrate } from "@tessera/db/testing";
import { describeWith, postgres } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Leak, looseForeignKeys, openToTheProduct, tryEveryTable } from "./src/table-matrix.ts";

const [MINE, THEIRS] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];

describeWith(postgres, "every table of the product, as the product, in another tenant", ({ url }) => {
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let admin: pg.Client;
  let tables: string[];
  let leaks: Leak[];

  beforeAll(async () => {
    database = await emptyServerDatabase(url);
    await migrate(database.url);
    const asAdmin = new URL(url);
    asAdmin.pathname = new URL(database.url).pathname;
    admin = new pg.Client({ connectionString: asAdmin.href });
    await admin.connect();
    await admin.query(PLANTED);
    ({ tables, leaks } = await tryEveryTable(admin, MINE, THEIRS));
  });
  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  const ofProduct = (one: string) => !one.includes("planted");

  it("was tried", () => {
    expect(tables.filter(ofProduct).length).toBeGreaterThanOrEqual(18);
    expect(tables).toEqual(expect.arrayContaining(["members", "qr_codes", "checkouts", "journal", "outbox"]));
  });

  it("shows no row, takes none, changes none, and lets none be noticed", () => {
    expect(leaks.filter(({ table }) => ofProduct(table))).toEqual([]);
  });

  it("names rows of its own tenant only: each foreign key carries the tenant", async () => {
    expect((await looseForeignKeys(admin)).filter(ofProduct)).toEqual([]);
  });

  it("is the only kind that the product's role can reach, but for its own people's e-mail: flags, sessions and passwords are others' business", async () => {
    expect((await openToTheProduct(admin)).filter(ofProduct)).toEqual(["users SELECT"]); // by row security: members.test.ts
  });

  it("is found out by all that when somebody forgets a rule", async () => {
    const found = leaks.filter(({ table }) => !ofProduct(table)).map(({ table, by }) => `${table} ${by}`);
    expect(found.toSorted()).toEqual([
      "planted_open delete",
      "planted_open insert",
      "planted_open move",
      "planted_open read",
      "planted_open update",
      "planted_open update",
      "planted_unique unique",
    ]);
    expect((await looseForeignKeys(admin)).filter((one) => !ofProduct(one))).toHaveLength(1);
    expect((await openToTheProduct(admin)).filter((one) => !ofProduct(one))).toEqual(["planted_flags SELECT"]);
  });
});

/** One table without row security, one that lets a name be probed, one that names without the tenant, one that is nobody's. */
const PLANTED = `
  CREATE TABLE planted_open (tenant_id uuid NOT NULL, note text NOT NULL);
  GRANT SELECT, INSERT, UPDATE, DELETE ON planted_open TO tessera_app;
  CREATE TABLE planted_unique (tenant_id uuid NOT NULL, name text NOT NULL UNIQUE);
  ALTER TABLE planted_unique ENABLE ROW LEVEL SECURITY;
  ALTER TABLE planted_unique FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON planted_unique TO tessera_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
  GRANT SELECT, INSERT ON planted_unique TO tessera_app;
  CREATE TABLE planted_named (id uuid PRIMARY KEY, tenant_id uuid NOT NULL);
  CREATE TABLE planted_naming (tenant_id uuid NOT NULL, named uuid REFERENCES planted_named (id));
  CREATE TABLE planted_flags (name text);
  GRANT SELECT (name) ON planted_flags TO tessera_app;
`;
