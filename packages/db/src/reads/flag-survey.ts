import type { TenantId } from "@tessera/contracts";
import type { CountedPerson, FlagSurvey } from "@tessera/domain/flags/flag-book";
import { type Database, inRole } from "../database.ts";
import { SILENT_MS } from "../stores/processes.ts";

const MOST_PEOPLE = 20_000;
const MOST_FOUND = 20;
const OVER_CHANGES = 100;

/**
 * @param database Where.
 * @param processId This process, as it is kept in `server_processes`.
 */
export function flagSurvey(database: Database, processId: string): FlagSurvey {
  return {
    people: () =>
      inRole(database, "tessera_operator", async (tx) => {
        const where = { tenant: { isActive: true }, leftAt: null };
        const rows = await tx.member.findMany({
          where,
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
          take: MOST_PEOPLE,
          select: { id: true, name: true, tenantId: true, tenant: { select: { name: true } } },
        });
        const some = rows.map(({ id, name, tenantId, tenant }) => {
          return { id, name, tenantId: tenantId as TenantId, tenant: tenant.name };
        });
        return { all: rows.length < MOST_PEOPLE ? rows.length : await tx.member.count({ where }), some };
      }),

    find: (text) =>
      inRole(
        database,
        "tessera_operator",
        (tx) => tx.$queryRaw<CountedPerson[]>`
          SELECT m.id, m.name, m.tenant_id AS "tenantId", t.name AS tenant
            FROM members m JOIN tenants t ON t.id = m.tenant_id AND t.is_active
           WHERE m.left_at IS NULL AND (m.id::text = lower(${text}) OR strpos(lower(m.name), lower(${text})) > 0)
           ORDER BY m.created_at, m.id LIMIT ${MOST_FOUND}`,
      ),

    arrived: (revision) =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`UPDATE server_processes SET flag_revision = ${revision}, seen_at = clock_timestamp()
          WHERE id = ${processId}::uuid`;
        // By the database's clock, which both moments were read from; how long this very statement took is in it.
        await tx.$executeRaw`INSERT INTO flag_arrivals (revision, process_id, ms)
          SELECT revision, ${processId}::uuid, extract(epoch FROM clock_timestamp() - updated_at) * 1000
            FROM feature_flags WHERE revision = ${revision} ON CONFLICT DO NOTHING`;
      }),

    alertUnreadable: ({ key, because }) =>
      inRole(database, "tessera_operator", async (tx) => {
        const title = `${key} is set to nonsense; its last good setting holds`;
        await tx.$executeRaw`INSERT INTO alerts (severity, title, body) SELECT 'critical', ${title}, ${because}
          WHERE NOT EXISTS (SELECT FROM alerts WHERE title = ${title} AND body = ${because}
                             AND at > clock_timestamp() - interval '1 day')`;
      }),

    reach: () =>
      inRole(database, "tessera_operator", async (tx) => {
        const [row] = await tx.$queryRaw<ReachRow[]>`
          WITH newest AS (SELECT max(revision) AS revision FROM feature_flags),
          up AS (SELECT flag_revision FROM server_processes
                  WHERE stopped_at IS NULL AND seen_at > clock_timestamp() - make_interval(secs => ${SILENT_MS / 1_000})),
          seen AS (SELECT ms FROM flag_arrivals WHERE revision IN
                    (SELECT DISTINCT revision FROM flag_arrivals ORDER BY revision DESC LIMIT ${OVER_CHANGES}))
          SELECT newest.revision, (SELECT count(*) FROM up)::int AS "all",
                 (SELECT count(*) FROM up WHERE flag_revision >= newest.revision)::int AS reached,
                 (SELECT count(*) FROM seen)::int AS seen,
                 (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) FROM seen) AS p50,
                 (SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) FROM seen) AS p99
            FROM newest`;
        return {
          revision: Number(row?.revision ?? 0),
          processes: { all: row?.all ?? 0, reached: row?.reached ?? 0 },
          p50Ms: row?.p50 ?? null,
          p99Ms: row?.p99 ?? null,
          seen: row?.seen ?? 0,
        };
      }),
  };
}

interface ReachRow {
  revision: bigint | null;
  all: number;
  reached: number;
  seen: number;
  p50: number | null;
  p99: number | null;
}
