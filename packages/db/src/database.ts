import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { failureOf } from "./failure.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { type Listening, listenTo } from "./listen.ts";
import { watchedPool } from "./watched-pool.ts";

/** The roles a statement of the product can run as; see the first migration. */
export type DatabaseRole = "tessera_gate" | "tessera_app" | "tessera_auth" | "tessera_operator";

/** A transaction of the typed client, already in its role. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** An open database. What it is made of is known only in this package. */
export interface Database {
  kind: "embedded" | "postgres";
  prisma: PrismaClient;
  /** Sign-in of people: on a server over connections of its own, in its own role. */
  people: PrismaClient;
  /** Named statements for the hot paths: the calls of SQL functions that choose their own role. */
  hot: pg.Pool;
  /** Hears `pg_notify` of a server; the embedded database belongs to one process, which needs none. */
  listen(channel: string, onNews: () => void): Listening;
  /** @param listener Called whenever somebody waited for a connection in vain, all being in use. */
  onExhausted(listener: () => void): void;
  close(): Promise<void>;
}

/**
 * Connects to a migrated database.
 *
 * @param kind `embedded`: everything goes through one single connection. `postgres`: a server.
 * @param url The driver's address.
 * @param most How many connections of a server tenants' work may use at once.
 * @returns The open database; connecting happens with the first statement.
 */
export function openDatabase(kind: Database["kind"], url: string, most = 10): Database {
  return kind === "embedded" ? overOneConnection(url) : overPools(url, most);
}

/**
 * The embedded database takes protocol messages of all its connections in turn, so two statements of two connections can
 * come between each other's parse and execute, and one gets the other's rows (`database.test.ts` shows it). Through one
 * connection they cannot; nothing is lost, since it does one thing at a time anyway.
 */
function overOneConnection(connectionString: string): Database {
  const onConnect = (client: pg.ClientBase) => client.query("DEALLOCATE ALL").then(() => {}); // names outlive connections there
  const hot = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0, onConnect });
  const silent = { listen: () => ({ close: async () => {} }), onExhausted: () => {} };
  return { kind: "embedded", hot, ...silent, ...clients([hot, hot, hot]) };
}

function overPools(connectionString: string, most: number): Database {
  const listeners: (() => void)[] = [];
  const pool = (config: pg.PoolConfig) =>
    watchedPool({ connectionString, ...PATIENCE, ...config }, () => {
      for (const listener of listeners) listener();
    });
  // The server's own limit ends a slow statement; ours ends one whose server has gone silent.
  const hot = pool({ max: 4, statement_timeout: 1_200, query_timeout: 2_500 });
  const everything = pool({ max: most, query_timeout: 10_000 });
  const people = pool({ max: 4, query_timeout: 10_000, options: "-c role=tessera_auth" });
  return {
    kind: "postgres",
    hot,
    listen: (channel, onNews) => listenTo(connectionString, channel, onNews),
    onExhausted: (listener) => void listeners.push(listener),
    ...clients([everything, people, hot]),
  };
}

const PATIENCE = { connectionTimeoutMillis: 1_500, idle_in_transaction_session_timeout: 3_000, keepAlive: true };

function clients(pools: [everything: pg.Pool, people: pg.Pool, hot: pg.Pool]) {
  const [everything, auth] = pools;
  const all = new Set(pools);
  for (const pool of all) pool.on("error", () => {}); // an idle connection that breaks is replaced; the next statement reports what matters
  const prisma = new PrismaClient({ adapter: new PrismaPg(everything) });
  const people = new PrismaClient({ adapter: new PrismaPg(auth) });
  return {
    prisma,
    people,
    async close() {
      await Promise.all([prisma.$disconnect(), people.$disconnect()]);
      await Promise.all([...all].map((pool) => pool.end()));
    },
  };
}

/**
 * Does some work as one of the product's roles, in one short transaction. The role ends with the transaction.
 *
 * @param database Where.
 * @param role As whom.
 * @param work Gets the transaction; must not use any other client.
 * @throws Failed When the database cannot be reached or went away; the error itself when it is a fault of ours.
 */
export const inRole = <T>(database: Database, role: DatabaseRole, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTurn(database, (as) => as(role, work));

/** Gives work its transaction in a role, and for `tessera_app` in a tenant. */
export type AsRole = <T>(role: DatabaseRole, work: (tx: Tx) => Promise<T>, tenantId?: string) => Promise<T>;

/**
 * Does work that needs several roles one after the other, all of it in one transaction.
 *
 * @param database Where.
 * @param work Is given the roles. What it throws undoes everything.
 * @throws Failed As `inRole` does.
 */
export function inTurn<T>({ prisma, kind }: Database, work: (as: AsRole) => Promise<T>): Promise<T> {
  const maxWait = kind === "embedded" ? 20_000 : 1_500;
  return prisma
    .$transaction(
      (tx) =>
        work(async (role, part, tenantId) => {
          await tx.$executeRaw`SELECT set_config('role', ${role}, true)`;
          if (tenantId) await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
          return part(tx);
        }),
      { maxWait, timeout: 5_000 },
    )
    .catch((error) => {
      throw failureOf(error);
    });
}
