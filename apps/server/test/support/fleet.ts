import { emptyServerDatabase } from "@tessera/db/testing";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { postgres } from "@tessera/vitest/services";
import pg from "pg";
import { readConfig } from "../../src/config.ts";
import { type RunningServer, serverOf } from "./running-server.ts";

/** Several servers over one PostgreSQL and one Redis, as the processes of a deployment would be. */
export interface Fleet {
  servers: RunningServer[];
  redis: RedisServer;
  /** A statement of the operators, as their documents write it. @returns How many rows it changed. */
  asOperator(sql: string): Promise<number>;
  /** What no role of the product may see. */
  asSuperuser(sql: string, values: unknown[]): Promise<Array<Record<string, string>>>;
  stop(): Promise<void>;
}

/** @param roles The `ROLE` of each. Suites that use it stand in `describeWith(postgres, …)` and `describeWith(redis, …)`. */
export async function fleetOf(...roles: readonly ("api" | "ws" | "all")[]): Promise<Fleet> {
  if (!postgres.available) throw new Error(`There is no PostgreSQL: ${postgres.reason}.`);
  const redis = await startRedis();
  const database = await emptyServerDatabase(postgres.url);
  const settings = {
    DATABASE_URL: database.url,
    REDIS_URLS: redis.url,
    TESSERA_SECRET: "thirty-two characters or more, for a test",
    TESSERA_DEMO: "true",
    TESSERA_RATE_LIMITS: "off",
    TRUST_PROXY_HOPS: "1",
    LOG_LEVEL: "error",
  };
  const servers: RunningServer[] = [];
  for (const ROLE of roles) servers.push(await serverOf(readConfig({ ...settings, ROLE }, [])));

  const admin = new URL(postgres.url);
  admin.pathname = new URL(database.url).pathname;

  return {
    servers,
    redis,
    asOperator: (sql) =>
      connected(database.url, async (operator) => {
        await operator.query("SET ROLE tessera_operator");
        return (await operator.query(sql)).rowCount ?? 0;
      }),
    asSuperuser: (sql, values) => connected(admin.href, async (root) => (await root.query(sql, values)).rows),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      await database.drop();
      await redis.stop();
    },
  };
}

async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
