import type { FlagKey } from "@tessera/contracts";
import type { TripEvidence } from "@tessera/contracts/flags";
import type { Tx } from "../database.ts";

type Seen = Omit<TripEvidence, "limits" | "exposed" | "unexposed">;

const MOST_TENANTS = 50;
const MOST_TRACES = 20;
const MOST_CHANGES = 10;
const MOST_SIGNALS = 20;

/** @returns Who met the feature from `from` to `to`, what failed first, and what was changed before. */
export async function evidenceIn(tx: Tx, key: FlagKey, from: Date, to: Date): Promise<Seen> {
  const affected = await tx.$queryRaw<TripEvidence["affected"]>`
    SELECT t.id AS "tenantId", t.name, sum(f.calls)::int AS calls, sum(f.failures)::int AS failures
      FROM flag_traffic f JOIN tenants t ON t.id = f.of_tenant
     WHERE f.key = ${key} AND f.exposed AND f.slice >= ${from} AND f.slice <= ${to}
     GROUP BY t.id, t.name ORDER BY 4 DESC, 3 DESC, t.name LIMIT ${MOST_TENANTS}`;
  const window = { gte: from, lte: to };
  const failed = await tx.flagFailure.findMany({
    where: { key, at: window },
    orderBy: { at: "asc" },
    take: MOST_TRACES,
  });
  const lastSignals = { where: { at: window }, orderBy: { at: "desc" }, take: MOST_SIGNALS } as const; // the one that tripped it among them
  const signals = (await tx.signal.findMany(lastSignals)).reverse();
  const changes = await tx.flagHistory.findMany({
    where: { at: { lte: to } },
    orderBy: { revision: "desc" },
    take: MOST_CHANGES,
  });
  return {
    windowFrom: from.toISOString(),
    windowTo: to.toISOString(),
    affected,
    signals: signals.map(({ kind, at, detail }) => ({ kind, at: at.toISOString(), detail })),
    firstFailures: failed.map(({ at, path, failure, ofTenant, trace }) => {
      return { at: at.toISOString(), path, failure, tenantId: ofTenant, trace };
    }),
    lastChanges: changes.map((change) => {
      return {
        key: change.key,
        revision: Number(change.revision),
        at: change.at.toISOString(),
        by: change.by,
        because: change.because,
      };
    }),
  };
}
