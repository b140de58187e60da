import { serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { codeKeysSuite } from "@tessera/db/testing-code-keys";
import { describeWith, postgres } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";

describeWith(postgres, "on a real PostgreSQL", () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    if (!postgres.available) return;
    database = await serverDatabaseForTest(postgres.url);
    const here = new URL(postgres.url);
    here.pathname = new URL(database.url).pathname;
    admin = new pg.Client({ connectionString: here.href });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.end();
    await database?.close();
  });

  codeKeysSuite("signing keys", () => ({
    database,
    asSuperuser: async (sql, values) => (await admin.query(sql, values)).rows,
  }));
});
