import type { FlagKey } from "@tessera/contracts";
import { type CanaryCandidate, Ramp, type Ramp as RampShape } from "@tessera/contracts/flags";
import type { Invited, RampBook } from "@tessera/domain/flags/ramp-book";
import { type Database, inRole, type Tx } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

const MOST_IN_COHORT = 1_000;
const MOST_CANDIDATES = 50;

/**
 * @param database Where.
 * @returns Ramps and cohorts, as the operators' role sees them.
 */
export function rampBook(database: Database): RampBook {
  const asOperator = <T>(work: (tx: Tx) => Promise<T>) => inRole(database, "tessera_operator", work);
  return {
    all: () => asOperator(async (tx) => (await tx.flagRamp.findMany({ orderBy: { key: "asc" } })).flatMap(rampOf)),

    of: (key) =>
      asOperator(async (tx) => {
        const row = await tx.flagRamp.findUnique({ where: { key } });
        return row ? (rampOf(row)[0] ?? null) : null;
      }),

    plan: (key, steps, by) =>
      asOperator(async (tx) => {
        const [row] = await tx.$queryRaw<RampRow[]>`
          INSERT INTO flag_ramps AS r (key, steps, state, step, planned_by, planned_because)
          VALUES (${key}, ${JSON.stringify(steps)}::jsonb, 'ready', -1, ${by.id}, ${by.because})
          ON CONFLICT (key) DO UPDATE SET steps = excluded.steps, state = 'ready', step = -1, step_since = NULL, because = NULL,
            planned_by = excluded.planned_by, planned_because = excluded.planned_because, version = r.version + 1 WHERE r.state <> 'running'
          RETURNING key, steps, state, step, step_since AS "stepSince", because, version`;
        return row ? (rampOf(row)[0] ?? null) : null;
      }),

    save: ({ key, steps, state, step, stepSince, because, version }, was) =>
      asOperator(async (tx) => {
        const data = {
          steps: steps as unknown as Prisma.InputJsonArray,
          state,
          step,
          because,
          version: BigInt(version),
        };
        const { count } = await tx.flagRamp.updateMany({
          where: { key, version: BigInt(was) },
          data: { ...data, stepSince: stepSince === null ? null : new Date(stepSince) },
        });
        return count === 1;
      }),

    cohort: (key) => asOperator((tx) => cohortIn(tx, key)),

    memberIds: (key) =>
      asOperator(async (tx) => {
        const rows = await tx.$queryRaw<{ id: string }[]>`
          SELECT m.id FROM flag_cohort c JOIN LATERAL (${MEMBER_OF}) m ON true WHERE c.key = ${key} ORDER BY c.place`;
        return rows.map(({ id }) => id);
      }),

    invite: (key, emails, by) =>
      asOperator(async (tx) => {
        await tx.$executeRaw`SELECT FROM feature_flags WHERE key = ${key} FOR UPDATE`; // places are given one after the other
        return tx.$executeRaw`INSERT INTO flag_cohort (key, email, place, invited_by, invited_because)
          SELECT ${key}, e, (SELECT coalesce(max(place), 0) FROM flag_cohort WHERE key = ${key}) + row_number() OVER (ORDER BY ord), ${by.id}, ${by.because}
            FROM unnest(${[...new Set(emails)]}::text[]) WITH ORDINALITY AS given (e, ord)
           WHERE NOT EXISTS (SELECT FROM flag_cohort c WHERE c.key = ${key} AND c.email = e)`;
      }),

    candidates: () => asOperator(candidatesIn),
  };
}

interface RampRow {
  key: string;
  steps: unknown;
  state: string;
  step: number;
  stepSince: Date | null;
  because: string | null;
  version: bigint;
}

/** None for a ramp of another release. */
function rampOf(row: RampRow): RampShape[] {
  const stepSince = row.stepSince?.toISOString() ?? null;
  const ramp = Ramp.safeParse({ ...row, stepSince, version: Number(row.version) });
  return ramp.success ? [ramp.data] : [];
}

type InvitedRow = Omit<Invited, "invitedAt" | "usedAt"> & { invitedAt: Date; usedAt: Date | null };

/** Who signed up with an invited address `c`; where somebody is in several tenants, who they were first. */
const MEMBER_OF = Prisma.sql`SELECT m.tenant_id, m.id, m.name FROM users u JOIN members m ON m.user_id = u.id
  WHERE u.email = c.email ORDER BY m.created_at LIMIT 1`;

/** Used: the first thing they took since they were invited. */
async function cohortIn(tx: Tx, key: FlagKey): Promise<Invited[]> {
  const rows = await tx.$queryRaw<InvitedRow[]>`
    SELECT c.email, c.place, c.invited_at AS "invitedAt", m.tenant_id AS "tenantId", m.id AS "memberId", m.name,
           (SELECT min(o.out_at) FROM checkouts o WHERE o.tenant_id = m.tenant_id AND o.holder_id = m.id
              AND o.out_at >= c.invited_at) AS "usedAt"
      FROM flag_cohort c
      LEFT JOIN LATERAL (${MEMBER_OF}) m ON true
     WHERE c.key = ${key} ORDER BY c.place LIMIT ${MOST_IN_COHORT}`;
  return rows.map(({ invitedAt, usedAt, ...row }) => ({
    ...row,
    invitedAt: invitedAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }));
}

/** By the rollout guide: how much is scanned there, and whether somebody answers for the tenant. */
async function candidatesIn(tx: Tx): Promise<CanaryCandidate[]> {
  const rows = await tx.$queryRaw<Omit<CanaryCandidate, "isPicked">[]>`
    SELECT t.id AS "tenantId", t.name, t.template,
           (SELECT count(*)::int FROM scans s WHERE s.tenant_id = t.id
              AND s.decided_at > clock_timestamp() - interval '7 days') AS "scansInWeek",
           EXISTS (SELECT FROM members m WHERE m.tenant_id = t.id AND m.role IN ('staff', 'admin', 'operator')) AS "hasAdmin"
      FROM tenants t WHERE t.is_active ORDER BY 4 DESC, t.created_at LIMIT ${MOST_CANDIDATES}`;
  return rows.map((row) => ({ ...row, isPicked: false }));
}
