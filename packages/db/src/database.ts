import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/prisma/client.ts";

/** The roles a statement of the product can run as; see the first migration. */
export type DatabaseRole = "tessera_gate" | "tessera_app" | "tessera_auth" | "tessera_operator";

/** A transaction of the typed client, already in its role. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** An open database. What it is made of is known only in this package. */
export interface Database {
  kind: "embedded" | "postgres";
  prisma: PrismaClient;
  /** Sign-in of people has connections of its own, in its own role. */
  people: PrismaClient;
  /** Named statements for the hot paths: the calls of SQL functions that choose their own role. */
  hot: pg.Pool;
  close(): Promise<void>;
}

/**
 * Connects to a migrated database.
 *
 * @param kind `embedded`: one session serves every connection, so named statements come from a single one, and
 *   nothing may be set for longer than a transaction. `postgres`: a server.
 * @param url The driver's address.
 * @returns The open database; connecting happens with the first statement.
 */
export function openDatabase(kind: Database["kind"], url: string): Database {
  const isServer = kind === "postgres";
  const connectionString = url;
  const limits = { connectionTimeoutMillis: 1_500, idle_in_transaction_session_timeout: 3_000 };
  const base = isServer ? { connectionString, ...limits } : { connectionString, max: 4 };

  const prisma = new PrismaClient({ adapter: new PrismaPg(isServer ? { ...base, max: 10 } : base) });
  const asAuth = isServer ? { ...base, max: 4, options: "-c role=tessera_auth" } : base;
  const people = new PrismaClient({ adapter: new PrismaPg(asAuth) });

  const hot = new pg.Pool(isServer ? { ...base, max: 4, statement_timeout: 1_200 } : { connectionString, max: 1, onConnect: freshStart });
  hot.on("error", () => {}); // an idle connection that breaks is replaced; the next statement reports what matters

  return {
    kind,
    prisma,
    people,
    hot,
    async close() {
      await Promise.all([prisma.$disconnect(), people.$disconnect(), hot.end()]);
    },
  };
}

/** The embedded session outlives its connections, and so do the statements that one before this named. */
const freshStart = (client: pg.ClientBase) => client.query("DEALLOCATE ALL").then(() => {});

/**
 * Does some work as one of the product's roles, in one short transaction. The role ends with the transaction.
 *
 * @param database Where.
 * @param role As whom.
 * @param work Gets the transaction; must not use any other client.
 */
export function inRole<T>(
  { prisma, kind }: Database,
  role: DatabaseRole,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const maxWait = kind === "embedded" ? 20_000 : 1_500;
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('role', ${role}, true)`;
      return work(tx);
    },
    { maxWait, timeout: 5_000 },
  );
}
