import { emptyServerDatabase } from "@tessera/db/testing";
import { createTessera, type Tessera } from "@tessera/sdk/node";
import { describeWith, postgres } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, startApi } from "./src/api-process.ts";
import { demoPeople } from "./src/demo-people.ts";

const KEY = "qr-checkout-enabled";

describeWith(postgres, "the switch of a feature, with two API processes on one database", () => {
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let processes: ApiProcess[] = [];
  let desks: Tessera[] = [];
  let operator: Tessera;

  beforeAll(async () => {
    database = await emptyServerDatabase(postgres.available ? postgres.url : "");
    const settings = {
      DATABASE_URL: database.url,
      TESSERA_SECRET: "the secret of a switch, thirty-two or more",
      TESSERA_DEMO: "true",
      TESSERA_RATE_LIMITS: "off",
    };
    const first = await startApi(settings);
    processes = [first, await startApi(settings)];
    const { deskToken } = await demoPeople(first.url);
    desks = processes.map(({ url }) => createTessera({ url, token: deskToken }));
    operator = (await demoPeople(first.url, "operator@library.example")).member;
  });
  afterAll(async () => {
    await Promise.all([...desks, operator].map((client) => client?.close()));
    await Promise.all(processes.map((process) => process.stop()));
    await database?.drop();
  });

  const values = () => Promise.all(desks.map(async ({ api }) => (await api.flag.evaluate.query({ key: KEY })).value));

  it("reaches the other process when an operator kills it in one", async () => {
    expect(await values()).toEqual([true, true]);
    await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    await expect.poll(values, { timeout: 5_000 }).toEqual([false, false]);

    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
    await expect.poll(values, { timeout: 5_000 }).toEqual([true, true]);
  });

  it("is heard of by both when an operator writes it in SQL", async () => {
    const console = new pg.Client({ connectionString: database.url });
    await console.connect();
    await console.query("SET ROLE tessera_operator");
    await console.query("UPDATE feature_flags SET enabled = false WHERE key = $1", [KEY]);
    await console.end();
    await expect.poll(values, { timeout: 5_000 }).toEqual([false, false]);
  });
});
