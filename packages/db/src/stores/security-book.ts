import {
  AlertEvidence,
  type AlertId,
  type AlertSeverity,
  type AlertSubject,
  type BlockedAddress,
  type MemberId,
  type SecurityAlert,
  type SuspicionKind,
  suspicionKinds,
} from "@tessera/contracts";
import type { SecurityBook } from "@tessera/domain/suspicion/security-book";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type Database, inRole, type Tx } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { InTenant } from "../tenant.ts";

const PAGE = 50;
const MOST_BLOCKED = 1_000;

/** Where one side keeps them: a tenant its own, operators what is nobody's. Both tables have the same columns. */
interface Side {
  alerts: Prisma.Sql;
  blocks: Prisma.Sql;
  /** Which rows. */
  mine: Prisma.Sql;
  /** The first column of a new row, with its value; a row that is nobody's has none. */
  owner: { name: Prisma.Sql; value: Prisma.Sql };
  run: InTenant;
}

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 * @returns What is suspected and blocked in one tenant.
 */
export const securityOf = (scope: TenantScope, tenant: InTenant, onChange: () => void): SecurityBook =>
  bookOf(
    {
      alerts: Prisma.sql`security_alerts`,
      blocks: Prisma.sql`blocked_addresses`,
      mine: Prisma.sql`tenant_id = ${scope}::uuid`,
      owner: { name: Prisma.sql`tenant_id,`, value: Prisma.sql`${scope}::uuid,` },
      run: tenant,
    },
    onChange,
  );

/**
 * @param database Where.
 * @param onChange As of a tenant's.
 * @returns What strangers do, and who is blocked for everybody. For operators.
 */
export const platformSecurity = (database: Database, onChange: () => void): SecurityBook =>
  bookOf(
    {
      alerts: Prisma.sql`platform_alerts`,
      blocks: Prisma.sql`platform_blocked_addresses`,
      mine: Prisma.sql`true`,
      owner: { name: Prisma.empty, value: Prisma.empty },
      run: (work) => inRole(database, "tessera_operator", work),
    },
    onChange,
  );

function bookOf({ alerts, blocks, mine, owner, run }: Side, onChange: () => void): SecurityBook {
  async function change<T>(by: MemberId, work: (tx: Tx) => Promise<T>): Promise<T> {
    const done = await run(async (tx) => {
      await tx.$queryRaw`SELECT set_config('app.member', ${by}, true)`;
      return work(tx);
    });
    onChange();
    return done;
  }

  return {
    alerts: ({ severity, open, after, limit = PAGE }) =>
      run(async (tx) => {
        const place = Prisma.sql`acknowledged_at IS NULL, first_at, id`;
        const rows = await tx.$queryRaw<AlertRow[]>`
          SELECT id, kind, severity, subject_kind, subject_id, evidence, first_at, last_at, count, acknowledged_at
            FROM ${alerts} WHERE ${mine} AND kind = ANY (${[...suspicionKinds]})
             AND (${severity ?? null}::text IS NULL OR severity = ${severity ?? null})
             AND (${open ?? null}::boolean IS NULL OR (acknowledged_at IS NULL) = ${open ?? null})
             AND (${after ?? null}::uuid IS NULL
                  OR (${place}) < (SELECT ${place} FROM ${alerts} WHERE ${mine} AND id = ${after ?? null}::uuid))
           ORDER BY acknowledged_at IS NULL DESC, first_at DESC, id DESC LIMIT ${limit + 1}`;
        const page = rows.slice(0, limit).map(alertOf);
        return { alerts: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
      }),

    acknowledge: (id, by) =>
      change(by, async (tx) => {
        const count = await tx.$executeRaw`UPDATE ${alerts}
          SET acknowledged_at = clock_timestamp(), acknowledged_by = ${by}::uuid
          WHERE ${mine} AND id = ${id}::uuid AND acknowledged_at IS NULL`;
        return count > 0;
      }),

    block: ({ address, because, until }, by) =>
      change(by, async (tx) => {
        const [{ count } = { count: 0 }] = await tx.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM ${blocks} WHERE ${mine} AND address <> ${address}`;
        if (count >= MOST_BLOCKED) return null;
        const onto = Prisma.sql`(${owner.name} address)`;
        const [row] = await tx.$queryRaw<BlockRow[]>`
          INSERT INTO ${blocks} (${owner.name} address, because, blocked_by, expires_at)
          VALUES (${owner.value} ${address}, ${because}, ${by}::uuid, ${until})
          ON CONFLICT ${onto} DO UPDATE SET because = excluded.because, blocked_by = excluded.blocked_by,
            blocked_at = clock_timestamp(), expires_at = excluded.expires_at
          RETURNING address, because, blocked_by, blocked_at, expires_at`;
        return row ? blockOf(row) : null;
      }),

    unblock: (address, by) =>
      change(
        by,
        async (tx) => (await tx.$executeRaw`DELETE FROM ${blocks} WHERE ${mine} AND address = ${address}`) > 0,
      ),

    blocked: (now) =>
      run(async (tx) => {
        const rows = await tx.$queryRaw<BlockRow[]>`
          SELECT address, because, blocked_by, blocked_at, expires_at FROM ${blocks}
           WHERE ${mine} AND (expires_at IS NULL OR expires_at > ${now}) ORDER BY blocked_at DESC LIMIT ${MOST_BLOCKED}`;
        return rows.map(blockOf);
      }),
  };
}

interface AlertRow {
  id: AlertId;
  kind: SuspicionKind;
  severity: AlertSeverity;
  subject_kind: AlertSubject["kind"];
  subject_id: string;
  evidence: unknown;
  first_at: Date;
  last_at: Date;
  count: bigint;
  acknowledged_at: Date | null;
}

const alertOf = (row: AlertRow): SecurityAlert => ({
  id: row.id,
  kind: row.kind,
  severity: row.severity,
  subject: { kind: row.subject_kind, id: row.subject_id },
  evidence: AlertEvidence.parse(row.evidence),
  firstAt: row.first_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  count: Number(row.count),
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
});

interface BlockRow {
  address: string;
  because: string;
  blocked_by: MemberId | null;
  blocked_at: Date;
  expires_at: Date | null;
}

const blockOf = (row: BlockRow): BlockedAddress => ({
  address: row.address,
  because: row.because,
  blockedBy: row.blocked_by,
  blockedAt: row.blocked_at.toISOString(),
  until: row.expires_at?.toISOString() ?? null,
});
