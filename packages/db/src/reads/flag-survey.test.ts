import { randomUUID } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builders, embeddedForTest, type TestDatabase } from "../testing.ts";
import { flagSurvey } from "./flag-survey.ts";

describe("people to explain a flag for", () => {
  let database: TestDatabase;
  let tenant: TenantId;
  const find = async (text: string) => (await flagSurvey(database, randomUUID()).find(text)).map(({ name }) => name);

  beforeAll(async () => {
    database = await embeddedForTest();
    const build = builders(database);
    tenant = await build.tenant({ slug: "large", name: "Large" });
    await database.asSuperuser(`INSERT INTO members (tenant_id, name, created_at)
      SELECT '${tenant}', 'Person ' || n, now() - interval '1 day' + n * interval '1 ms' FROM generate_series(1, 20001) n`);
    await build.member(tenant, { name: "Zoë Newest" });
    const gone = await build.tenant({ slug: "gone", name: "Gone" });
    await build.member(gone, { name: "Zoë Gone" });
    await database.asSuperuser(`UPDATE tenants SET is_active = false WHERE id = '${gone}'`);
  });
  afterAll(() => database?.close());

  it("are found by a part of their name in whatever letters, however many there are", async () => {
    expect(await find("zOË n")).toEqual(["Zoë Newest"]);
    expect(await find("person 2000")).toEqual(["Person 2000", "Person 20000", "Person 20001"]);
  });

  it("are found by their id", async () => {
    const id = await builders(database).member(tenant, { name: "Somebody" });
    expect(await find(id.toUpperCase())).toEqual(["Somebody"]);
  });

  it("are 20 at most", async () => expect(await find("")).toHaveLength(20));

  it("are found by letters that mean something to a database", async () => {
    expect(await find("%")).toEqual([]);
    await builders(database).member(tenant, { name: "100 %_\\" });
    expect(await find("%_\\")).toEqual(["100 %_\\"]);
  });
});
