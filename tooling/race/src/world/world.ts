import { emptyServerDatabase } from "@tessera/db/testing";
import { BUILT_MAIN } from "../api-process.ts";
import { failpointPatches } from "../failpoints/failpoints.ts";
import { type Patch, patchedServer } from "../failpoints/patched-server.ts";
import { type ApiNode, startNode } from "./api-node.ts";
import { type PostgresCluster, startCluster } from "./postgres-cluster.ts";
import { type RedisNodes, startRedisNodes } from "./redis-nodes.ts";
import { type RaceTenant, raceTenants } from "./tenants.ts";

/** Everything a programme plays with, on this machine only. */
export interface World {
  nodes: readonly ApiNode[];
  postgres: PostgresCluster;
  redis: RedisNodes;
  tenants: readonly RaceTenant[];
  /** Of the deployment: what codes are keyed with. */
  secret: string;
  /** What a further process of the deployment is told, past all links. */
  settings: Readonly<Record<string, string>>;
  /** One statement as the superuser in the product's database: row security is off, no proxy is in the way. */
  ask: PostgresCluster["ask"];
  /** Ends every process that was started here and takes every file away. */
  close(): Promise<void>;
}

export interface WorldOptions {
  /** How many API processes; 4 when left out. */
  nodes?: number;
  /** How many Redis: 1, 3 or 5; 3 when left out. With 0 the processes know of none. */
  redis?: number;
  /** Changes of the built server, on top of the points where it can be stopped: a mutant has one. */
  patches?: readonly Patch[];
  /** The built server as it is, with no links in between: for measuring, where nothing but servers can be made to fail. */
  isPlain?: boolean;
  /** Of the deployment, on top of what every world has. */
  settings?: Readonly<Record<string, string>>;
}

const SECRET = "the secret of a race, thirty-two or more";

function changedServer(patches: readonly Patch[], opened: Array<() => void>): string {
  const server = patchedServer("world", [...failpointPatches, ...patches]);
  opened.push(server.remove);
  return server.main;
}

/** @throws Error When something of it cannot be started; then nothing of it is left running. */
export async function openWorld({
  nodes: count = 4,
  redis: redisCount = 3,
  patches = [],
  isPlain = false,
  settings: more = {},
}: WorldOptions = {}): Promise<World> {
  const opened: Array<() => Promise<unknown> | unknown> = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await Promise.resolve(end()).catch(() => {}); // the rest must end too
  };
  try {
    const main = isPlain ? BUILT_MAIN : changedServer(patches, opened);
    const postgres = await startCluster();
    opened.push(postgres.close);
    const redis = await startRedisNodes(redisCount);
    opened.push(redis.close);

    const database = await emptyServerDatabase(postgres.url);
    const settings = { TESSERA_SECRET: SECRET, TESSERA_DEMO: "true", TESSERA_RATE_LIMITS: "off", ...more };
    const open = async (index: number) => {
      const node = await startNode({
        index,
        main,
        isPlain,
        databaseUrl: database.url,
        redisPorts: redis.ports,
        settings,
      });
      opened.push(node.close);
      return node;
    };
    const first = await open(0); // migrates and makes the demo
    const nodes = [first, ...(await Promise.all(Array.from({ length: count - 1 }, (_, index) => open(index + 1))))];

    const name = new URL(database.url).pathname.slice(1);
    const ask: World["ask"] = (sql, values) => postgres.ask(sql, values, name);
    const tenants = await raceTenants(nodes, ask);
    opened.push(() => Promise.all(tenants.map((tenant) => tenant.close())));
    const further = { ...settings, DATABASE_URL: database.url };
    return { nodes, postgres, redis, tenants, secret: SECRET, settings: further, ask, close };
  } catch (error) {
    await close();
    throw error;
  }
}
