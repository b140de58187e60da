/** What the tables call each way. */
export const names = {
  pgbench: "limit: pgbench, our statement, one scan each",
  ledger: "our ledger in one process, group commit",
  stack: "**our whole stack**: HTTP, sign-in, guard, ledger, journal",
  four: "our whole stack in four processes",
  forUpdate: "Prisma transaction, SELECT FOR UPDATE",
  redlock: "Redlock, then read and write",
  stock: "stock stack: tRPC on Express, Redlock, Prisma transaction",
  embeddedSingle: "embedded, one statement for each scan",
  embedded: "embedded, group commit",
} as const;
