import type { FlagKey } from "@tessera/contracts";
import {
  BreakerLimits,
  type BreakerState,
  BreakerState as BreakerStateShape,
  defaultLimits,
  Incident,
  type Incident as IncidentShape,
  isFlagKey,
  type BreakerLimits as Limits,
  type Traffic,
} from "@tessera/contracts/flags";
import type { BreakerFacts, SignalKind } from "@tessera/domain/flags/breaker";
import type { BreakerBook, BreakerOf, MovedBy, NewIncident } from "@tessera/domain/flags/breaker-book";
import { type Database, inRole, type Tx } from "../database.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { evidenceIn } from "../reads/trip-evidence.ts";
import { AS_BREAKER, actingFor, lockedSetting } from "./flag-rows.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const MOST_LISTED = 50;

/**
 * @param database Where.
 * @param onChange Called after each change of a flag, so that its news can leave.
 */
export function breakerBook(database: Database, onChange: () => void): BreakerBook {
  const asOperator = <T>(work: (tx: Tx) => Promise<T>) => inRole(database, "tessera_operator", work);

  /** Changes a flag that is still as it was judged. */
  async function fenced<T>(
    key: FlagKey,
    expected: number | null,
    by: MovedBy,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T | null> {
    const done = await asOperator(async (tx) => {
      await actingFor(tx, { id: by.id, via: by.id === "breaker" ? "breaker" : "console" }, by.because);
      const was = await lockedSetting(tx, key);
      if (!was || (expected !== null && was.revision !== expected)) return null;
      return { result: await work(tx) };
    });
    if (done) onChange();
    return done ? done.result : null;
  }

  return {
    all: () =>
      asOperator(async (tx) => {
        const rows = await tx.$queryRaw<BreakerRow[]>`
          SELECT key, revision, enabled AND killed_at IS NULL AS "isOn", ${AS_BREAKER} AS breaker, breaker_limits AS limits,
                 breaker_changed_at AS "changedAt"
            FROM feature_flags f WHERE NOT archived ORDER BY key`;
        return rows.flatMap(breakerOf);
      }),

    count: (counts, failures) =>
      asOperator(async (tx) => {
        const rows = counts.map(({ key, slice, tenantId, calls, failures: failed }) => {
          return { key, slice, exposed: tenantId !== null, of_tenant: tenantId ?? NOBODY, calls, failures: failed };
        });
        // In one order, whichever process counts: two that met in another would wait for each other.
        await tx.$executeRaw`INSERT INTO flag_traffic AS t
          SELECT * FROM jsonb_populate_recordset(NULL::flag_traffic, ${JSON.stringify(rows)}::jsonb)
           ORDER BY key, slice, exposed, of_tenant
          ON CONFLICT (key, slice, exposed, of_tenant) DO UPDATE
            SET calls = t.calls + excluded.calls, failures = t.failures + excluded.failures`;
        if (failures.length === 0) return;
        await tx.flagFailure.createMany({
          data: failures.map(({ tenantId, at, ...trace }) => ({ ...trace, at: new Date(at), ofTenant: tenantId })),
        });
      }),

    traffic: (key, from) => asOperator((tx) => trafficIn(tx, key, from)),

    seen: (key, from) =>
      asOperator(async (tx) => ({ ...(await trafficIn(tx, key, from)), signals: await signalsIn(tx, from) })),

    signal: ({ kind, at, detail }, source) =>
      asOperator(async (tx) => {
        await tx.$executeRaw`INSERT INTO signals (kind, at, detail, source) VALUES (${kind}, ${at}, ${detail}, ${source})
          ON CONFLICT (kind, source) DO NOTHING`;
      }),

    evidence: (key, from, to) => asOperator((tx) => evidenceIn(tx, key, from, to)),

    trip: (key, expected, incident) =>
      fenced(key, expected, { id: "breaker", because: incident.title }, async (tx) => {
        const opened = await open(tx, key, incident);
        await tx.$executeRaw`UPDATE feature_flags SET breaker_state = 'open', breaker_since = ${new Date(opened.openedAt)},
          breaker_share = NULL, breaker_incident = ${opened.id}::uuid WHERE key = ${key}`;
        return opened;
      }),

    async move(key, expected, to, by, at) {
      const moved = await fenced(key, expected, by, async (tx) => {
        const { since, incidentId, share } = partsOf(to);
        await tx.$executeRaw`SELECT set_config('app.at', ${at.toISOString()}, true)`;
        await tx.$executeRaw`UPDATE feature_flags SET breaker_state = ${to.state}, breaker_since = ${since},
          breaker_share = ${share}::numeric, breaker_incident = ${incidentId}::uuid WHERE key = ${key}`;
        if (to.state === "closed") await closeIncidents(tx, key, by, at);
        return true;
      });
      return moved ?? false;
    },

    async setLimits(key, limits, by) {
      const done = await fenced(key, null, by, async (tx) => {
        await tx.$executeRaw`UPDATE feature_flags SET breaker_limits = ${JSON.stringify(limits)}::jsonb WHERE key = ${key}`;
        return true;
      });
      return done ?? false;
    },

    incidents: (key) =>
      asOperator(async (tx) => {
        const where = key ? { key } : {};
        const rows = await tx.incident.findMany({ where, orderBy: { openedAt: "desc" }, take: MOST_LISTED });
        return rows.flatMap((row) => Incident.safeParse(shapeOf(row)).data ?? []); // none of another release
      }),
  };
}

interface BreakerRow {
  key: string;
  revision: bigint;
  isOn: boolean;
  breaker: unknown;
  limits: unknown;
  changedAt: Date | null;
}

/** Whatever else a flag says: one that is set to nonsense can trip. */
function breakerOf({ key, revision, breaker, limits, ...row }: BreakerRow): BreakerOf[] {
  const state = BreakerStateShape.safeParse(breaker);
  if (!isFlagKey(key) || !state.success) return []; // of another release
  const known = BreakerLimits.safeParse({ ...defaultLimits, ...(limits as Partial<Limits>) });
  const set = known.success ? known.data : defaultLimits;
  return [{ ...row, key, revision: Number(revision), breaker: state.data, limits: set }];
}

async function trafficIn(tx: Tx, key: FlagKey, from: Date): Promise<Pick<BreakerFacts, "exposed" | "unexposed">> {
  const rows = await tx.$queryRaw<(Traffic & { exposed: boolean })[]>`
    SELECT exposed, sum(calls)::float8 AS calls, sum(failures)::float8 AS failures FROM flag_traffic
     WHERE key = ${key} AND slice >= ${from} GROUP BY exposed`;
  const of = (exposed: boolean): Traffic => {
    const row = rows.find((one) => one.exposed === exposed);
    return { calls: row?.calls ?? 0, failures: row?.failures ?? 0 };
  };
  return { exposed: of(true), unexposed: of(false) };
}

async function signalsIn(tx: Tx, from: Date): Promise<BreakerFacts["signals"]> {
  const rows = await tx.signal.groupBy({ by: ["kind"], where: { at: { gte: from } }, _count: true });
  const of = (kind: SignalKind) => rows.find((row) => row.kind === kind)?._count ?? 0;
  return {
    security_alerts: of("security_alerts"),
    pool_exhausted: of("pool_exhausted"),
    socket_crash: of("socket_crash"),
  };
}

function partsOf(to: BreakerState): { since: Date | null; incidentId: string | null; share: number | null } {
  if (to.state === "closed") return { since: null, incidentId: null, share: null };
  return { since: new Date(to.since), incidentId: to.incidentId, share: to.state === "half_open" ? to.share : null };
}

/** Once for each rule and window: whoever comes second in the same window finds it. */
async function open(tx: Tx, key: FlagKey, { severity, title, rule, evidence }: NewIncident): Promise<IncidentShape> {
  const windowFrom = new Date(evidence.windowFrom);
  const incident = await tx.incident.upsert({
    where: { key_rule_windowFrom: { key, rule, windowFrom } },
    create: {
      severity,
      title,
      key,
      rule,
      windowFrom,
      openedAt: new Date(evidence.windowTo),
      evidence: evidence as unknown as Prisma.InputJsonObject,
    },
    update: {},
  });
  const { exposed } = evidence;
  const body = `${exposed.failures} of ${exposed.calls} calls failed in the window; ${evidence.affected.length} tenants met it. The incident has the traces.`;
  await tx.alert.create({ data: { severity: "critical", title, body, incidentId: incident.id } });
  return Incident.parse(shapeOf(incident));
}

async function closeIncidents(tx: Tx, key: FlagKey, by: MovedBy, at: Date): Promise<void> {
  await tx.incident.updateMany({
    where: { key, closedAt: null },
    data: { closedAt: at, closedBy: by.id, closedBecause: by.because },
  });
}

interface IncidentRow {
  id: string;
  severity: string;
  title: string;
  key: string;
  rule: string;
  evidence: unknown;
  openedAt: Date;
  closedAt: Date | null;
  closedBecause: string | null;
}

const shapeOf = (row: IncidentRow) => ({
  ...row,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});
