import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedForTest, type TestDatabase } from "./testing.ts";

const MANY = 60;

describe("the embedded database under many callers", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await embeddedForTest();
  });
  afterAll(() => database?.close());

  it("gives each of them its own rows", async () => {
    const { prisma, people, hot } = database;
    const asked = Array.from({ length: MANY }, (_, number) => [
      prisma.$queryRaw<{ got: number }[]>`SELECT ${number}::int AS got`.then(([row]) => [row?.got, number]),
      people.$queryRaw<{ mine: number }[]>`SELECT ${number}::int AS mine`.then(([row]) => [row?.mine, number]),
      hot.query("SELECT $1::int AS other", [number]).then(({ rows }) => [rows[0].other, number]),
    ]).flat();
    for (const [got, number] of await Promise.all(asked)) expect(got).toBe(number);
  });

  it("would mix up two callers who waited for a third's transaction, which is why there is only one connection", async () => {
    const [holder, one, two] = await Promise.all([1, 2, 3].map(() => connected(database.url)));
    await holder?.query("BEGIN");
    const answers = [one, two].map((client, index) =>
      client?.query("SELECT $1::int AS got", [index]).then(
        ({ rows }) => rows[0]?.got ?? "nothing",
        () => "an error",
      ),
    );
    for (let turn = 0; turn < 5; turn++) await holder?.query("SELECT 1"); // by now both wait inside the worker
    await holder?.query("COMMIT");

    expect(await Promise.all(answers)).not.toEqual([0, 1]);
    await Promise.all([holder, one, two].map((client) => client?.end()));
  });
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
