import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openDatabase, startEmbedded } from "@tessera/db";
import { emptyServerDatabase } from "@tessera/db/testing";
import { startRedis } from "@tessera/vitest/redis-server";
import pg from "pg";
import type { Meters } from "../common/cpu.ts";
import { type Entry, freshCodes } from "./contest.ts";
import { CROWD, type CrowdResult, crowdAtOneCode } from "./crowd.ts";
import { buildHouse } from "./house.ts";
import { names } from "./names.ts";
import { startOurs, startStock } from "./servers.ts";
import { lockAndWrite } from "./ways/naive.ts";
import { oneAtATime } from "./ways/one-at-a-time.ts";
import { inProcess } from "./ways/ours.ts";
import { overHttp } from "./ways/over-http.ts";
import { findPgbench, runPgbench } from "./ways/pgbench.ts";
import { lockThenReadAndWrite } from "./ways/redlock.ts";

const MOST_CODES = 16_000;
const MOST_CALLERS = 256;
const PROCESSES = 4;

/** Everything that takes part, running. */
export interface Field {
  entries: Entry[];
  crowds(say: (line: string) => void): Promise<CrowdResult[]>;
  close(): Promise<void>;
}

/**
 * Starts servers, a Redis, a database on the PostgreSQL that is given, and an embedded one.
 *
 * @param adminUrl Of a superuser: the houses are filled past row security, and the naive ways work past it.
 * @param options `share` of the redemptions: 1 for the figures in the documents; `sql` is tried on top of the migrations.
 */
export async function openField(adminUrl: string, { share, sql }: { share: number; sql: string }): Promise<Field> {
  const opened: Array<() => unknown> = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  try {
    const redis = await startRedis();
    opened.push(redis.stop);
    const { url, drop } = await emptyServerDatabase(adminUrl);
    opened.push(drop);
    await migrate(url);
    await tryOut(url, sql);
    const openUrl = new URL(adminUrl);
    openUrl.pathname = new URL(url).pathname;
    const filler = new pg.Client({ connectionString: openUrl.href });
    await filler.connect();
    opened.push(() => filler.end());
    const house = await buildHouse(filler, Math.ceil(MOST_CODES * Math.max(share, 0.25)));

    const database = openDatabase("postgres", url);
    const unbound = openDatabase("postgres", openUrl.href);
    opened.push(database.close, unbound.close);
    const ledger = await inProcess(database, house);
    opened.push(ledger.close);
    const locked = lockThenReadAndWrite(unbound, house, redis.url);
    opened.push(locked.close);
    const forUpdate = {
      redeem: ({ lookup }: { lookup: Buffer }) => lockAndWrite(unbound.prisma, house, lookup),
      close: async () => {},
    };

    const ours = await startOurs(url, redis.url);
    opened.push(ours.stop);
    const stock = await startStock(openUrl.href, redis.url, house);
    opened.push(stock.stop);
    const stack = await overHttp([ours.url], house.token, MOST_CALLERS);
    const stockStack = await overHttp([stock.url], house.token, MOST_CALLERS);
    opened.push(stack.close, stockStack.close);

    const folder = mkdtempSync(join(tmpdir(), "tessera-bench-"));
    opened.push(() => rmSync(folder, { recursive: true, force: true }));
    const embedded = await startEmbedded(folder);
    opened.push(embedded.stop);
    await migrate(embedded.url);
    await tryOut(embedded.url, sql);
    const small = openDatabase("embedded", embedded.url);
    opened.push(small.close);
    const smallHouse = await buildHouse(small.hot, Math.ceil(4_000 * Math.max(share, 0.5)));
    const single = oneAtATime(small, smallHouse);
    const grouped = await inProcess(small, smallHouse);
    opened.push(grouped.close);

    const databaseName = new URL(url).pathname.slice(1);
    const meters = (server?: number): Meters => ({
      ...(server ? { server: ({ pid }) => pid === server } : {}),
      postgres: ({ command }) => command.startsWith("postgres:") && command.includes(databaseName),
      redis: ({ pid }) => pid === redis.pid,
    });
    const counts = (...pairs: Array<[callers: number, count: number]>) =>
      new Map(pairs.map(([callers, count]) => [callers, Math.max(callers * 2, Math.round(count * share))]));
    const slow = counts([1, 200], [8, 600], [32, 1_200], [64, 1_200], [256, 1_500]);
    const fast = counts([1, 1_500], [8, 6_000], [32, 12_000], [64, 12_000], [256, 16_000]);

    const pgbench = findPgbench();
    const entries: Entry[] = [
      ...(pgbench
        ? [
            {
              ...{ name: names.pgbench, house, by: "number" as const, warmUp: 0, meters: meters() },
              runs: counts([1, 1_500], [8, 4_000], [32, 8_000]),
              run: (count: number, callers: number) => runPgbench(pgbench, url, house, count, callers),
            },
          ]
        : []),
      {
        name: names.ledger,
        house,
        runs: fast,
        warmUp: Math.round(4_000 * share),
        meters: meters(),
        run: freshCodes(ledger, house),
      },
      {
        ...{ name: names.forUpdate, house, runs: slow, warmUp: Math.round(500 * share), meters: meters() },
        run: freshCodes(forUpdate, house),
      },
      {
        ...{ name: names.redlock, house, runs: slow, warmUp: Math.round(500 * share), meters: meters() },
        run: freshCodes(locked, house),
      },
      {
        ...{ name: names.stack, house, runs: fast, warmUp: Math.round(15_000 * share), meters: meters(ours.pid) },
        run: freshCodes(stack, house),
      },
      {
        ...{ name: names.stock, house, runs: slow, warmUp: Math.round(3_000 * share), meters: meters(stock.pid) },
        run: freshCodes(stockStack, house),
      },
      {
        ...{ name: names.embeddedSingle, house: smallHouse, warmUp: Math.round(200 * share), meters: {} },
        runs: counts([32, 1_000]),
        run: freshCodes(single, smallHouse),
      },
      {
        ...{ name: names.embedded, house: smallHouse, warmUp: Math.round(1_000 * share), meters: {} },
        runs: counts([1, 500], [32, 4_000], [256, 4_000]),
        run: freshCodes(grouped, smallHouse),
      },
    ];

    return {
      entries,
      close,
      async crowds(say) {
        const more = await Promise.all(Array.from({ length: PROCESSES - 1 }, () => startOurs(url, redis.url)));
        opened.push(() => Promise.all(more.map((server) => server.stop())));
        const four = await overHttp([ours.url, ...more.map((server) => server.url)], house.token, CROWD);
        opened.push(four.close);
        await freshCodesWarm(four, house, Math.round(8_000 * share));
        const results: CrowdResult[] = [];
        for (const [name, way, rounds] of [
          [names.ledger, ledger, 15],
          [names.stack, stack, 15],
          [names.four, four, 15],
          [names.forUpdate, forUpdate, 8],
          [names.redlock, locked, 4],
          [names.stock, stockStack, 4],
        ] as const) {
          say(`${CROWD} at one code: ${name}`);
          results.push(await crowdAtOneCode(name, way, house, Math.max(3, Math.round(rounds * share))));
        }
        return results;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function freshCodesWarm(
  way: Parameters<typeof freshCodes>[0],
  house: Entry["house"],
  count: number,
): Promise<void> {
  await house.refill(count);
  await freshCodes(way, house)(count, 32);
}

async function tryOut(url: string, sql: string): Promise<void> {
  if (!sql) return;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
