import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { emptyServerDatabase } from "@tessera/db/testing";
import { createTessera, newScanId, type RedemptionOutcome } from "@tessera/sdk/node";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWithAll, postgres, redis } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, startApi } from "./src/api-process.ts";
import { type DemoPeople, demoPeople } from "./src/demo-people.ts";

const PROCESSES = 4;
const SCANS_EACH = 50;
const ALL = PROCESSES * SCANS_EACH;

describeWithAll([postgres, redis], "one code, four API processes, two hundred scans on a real PostgreSQL", () => {
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let lockServer: RedisServer;
  let processes: ApiProcess[] = [];
  let people: DemoPeople;

  beforeAll(async () => {
    if (!postgres.available) return;
    database = await emptyServerDatabase(postgres.url);
    lockServer = await startRedis();
    const settings = {
      DATABASE_URL: database.url,
      REDIS_URLS: lockServer.url,
      TESSERA_SECRET: "the secret of a race, thirty-two or more",
      TESSERA_DEMO: "true",
      TESSERA_RATE_LIMITS: "off",
    };
    const first = await startApi(settings); // the first one migrates and seeds
    processes = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, () => startApi(settings))))];
    people = await demoPeople(first.url);
  });

  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await lockServer?.stop();
    await database?.drop();
  });

  /** Every process gets its fifty scans of one code at once; `onAnswer` is told of each answer as it comes. */
  async function race(text: string, onAnswer = (_answers: number) => {}): Promise<RedemptionOutcome[]> {
    const desks = processes.map(({ url }) => createTessera({ url, token: people.deskToken }));
    let answers = 0;
    const outcomes = await Promise.all(
      desks.flatMap((desk) =>
        Array.from({ length: SCANS_EACH }, async () => {
          const outcome = await desk.redeem(text, { scanId: newScanId(), tries: 10 });
          onAnswer(++answers);
          return outcome;
        }),
      ),
    );
    await Promise.all(desks.map((desk) => desk.close()));
    return outcomes;
  }

  /** Looks as superuser: row security would hide other tenants' rows from everybody else. */
  async function redemptionsOf(codeId: string): Promise<number> {
    const asAdmin = new URL(postgres.available ? postgres.url : "");
    asAdmin.pathname = new URL(database.url).pathname;
    const { rows } = await query(asAdmin.href, "SELECT count(*)::int AS n FROM redemptions WHERE code_id = $1", [
      codeId,
    ]);
    return rows[0].n;
  }

  async function expectOneOf(outcomes: RedemptionOutcome[], codeId: string): Promise<void> {
    const reasons = outcomes.map((outcome) => (outcome.kind === "refused" ? outcome.refusal.reason : "redeemed"));
    expect(reasons.filter((reason) => reason === "redeemed")).toHaveLength(1);
    expect(reasons.filter((reason) => reason === "already_redeemed")).toHaveLength(ALL - 1);
    expect(await redemptionsOf(codeId)).toBe(1);
  }

  it("redeems it exactly once, and tells 199 that it was used", async () => {
    const { text, codeId } = await people.codeFor("Cordless drill");
    await expectOneOf(await race(text), codeId);
  });

  it("does so when Redis is killed in the middle, and after", async () => {
    const during = await people.codeFor("Circular saw");
    let killed: Promise<void> | undefined;
    const outcomes = await race(during.text, (answers) => {
      if (answers === 20) killed = lockServer.kill();
    });
    await killed;
    await expectOneOf(outcomes, during.codeId);

    const after = await people.codeFor("Orbital sander");
    await expectOneOf(await race(after.text), after.codeId);
  });
});

describeWithAll([postgres], "the control: reading, then writing, without a guard", () => {
  it("lets the same code through more than once", async () => {
    if (!postgres.available) return;
    const database = await emptyServerDatabase(postgres.url);
    await query(database.url, "CREATE TABLE naive_code (used boolean); CREATE TABLE naive_redemption (id serial)");
    await query(database.url, "INSERT INTO naive_code VALUES (false)");

    const naive = fileURLToPath(new URL("src/naive-redeemer.mjs", import.meta.url));
    const redeemers = Array.from({ length: PROCESSES }, () =>
      spawn(process.execPath, [naive, database.url, String(SCANS_EACH)], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    await Promise.all(redeemers.map(({ stdout }) => once(stdout, "data")));
    for (const { stdin } of redeemers) stdin.write("go\n");
    const letThrough = await Promise.all(redeemers.map(async ({ stdout }) => Number((await once(stdout, "data"))[0])));

    expect(letThrough.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1);
    await database.drop();
  });
});

async function query(url: string, sql: string, values?: unknown[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}
