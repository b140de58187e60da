import type { TenantId } from "@tessera/contracts";
import type { Suspicion } from "@tessera/domain/suspicion/notebook";
import type { RaisedAlert, SecurityDesk } from "@tessera/domain/suspicion/security-book";
import { type Database, inRole, type Tx } from "../database.ts";
import { failureOf } from "../failure.ts";
import { Prisma } from "../generated/prisma/client.ts";

const BLOCKED = { name: "blocked_now", text: "SELECT tenant_id, address, expires_at FROM blocked_now()" };

/**
 * @param database Where.
 * @param onChange Called after something was raised, so that its news can leave.
 * @returns What one process tells of all tenants.
 */
export function securityDesk(database: Database, onChange: () => void): SecurityDesk {
  return {
    async raise(suspicions) {
      const ofTenants = suspicions.filter(({ tenantId }) => tenantId !== null);
      const ofNobody = suspicions.filter(({ tenantId }) => tenantId === null);
      const raised = await inRole(database, "tessera_operator", async (tx) => [
        ...(await raiseIn(tx, OF_TENANTS, ofTenants)),
        ...(await raiseIn(tx, OF_NOBODY, ofNobody)),
      ]);
      onChange();
      return raised;
    },

    async blocks() {
      const { rows } = await database.hot.query<BlockedRow>(BLOCKED).catch((error) => {
        throw failureOf(error);
      });
      return rows.map(({ tenant_id, address, expires_at }) => ({ tenantId: tenant_id, address, until: expires_at }));
    },
  };
}

interface BlockedRow {
  tenant_id: TenantId | null;
  address: string;
  expires_at: Date | null;
}

const COLUMNS = Prisma.sql`kind, severity, subject_kind, subject_id, evidence, first_at, last_at, raised_at, count`;
const OF_TENANTS = {
  table: Prisma.sql`security_alerts`,
  columns: Prisma.sql`tenant_id, ${COLUMNS}`,
  open: Prisma.sql`tenant_id, kind, subject_kind, subject_id`,
};
const OF_NOBODY = {
  table: Prisma.sql`platform_alerts`,
  columns: COLUMNS,
  open: Prisma.sql`kind, subject_kind, subject_id`,
};

/** An open one counts on; whether it got worse, the moment it was raised at says. */
async function raiseIn(
  tx: Tx,
  { table, columns, open }: typeof OF_TENANTS,
  suspicions: readonly Suspicion[],
): Promise<RaisedAlert[]> {
  if (suspicions.length === 0) return [];
  const rows = suspicions.map(({ tenantId, kind, severity, subject, evidence, firstAt, lastAt, count }) => ({
    ...{ tenant_id: tenantId, kind, severity, subject_kind: subject.kind, subject_id: subject.id, evidence, count },
    ...{ first_at: firstAt, last_at: lastAt, raised_at: lastAt },
  }));
  // In one order, whichever process tells: two that met in another would wait for each other.
  return tx.$queryRaw<RaisedAlert[]>`
    WITH told AS (
      INSERT INTO ${table} AS a (${columns})
      SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(rows)}::jsonb) ORDER BY ${open}
      ON CONFLICT (${open}) WHERE acknowledged_at IS NULL DO UPDATE
        SET count = a.count + excluded.count, last_at = greatest(a.last_at, excluded.last_at), evidence = excluded.evidence,
            severity = CASE WHEN ${isWorse} THEN excluded.severity ELSE a.severity END,
            raised_at = CASE WHEN ${isWorse} THEN excluded.raised_at ELSE a.raised_at END
      RETURNING kind, severity, raised_at = last_at AS "isNews")
    SELECT kind, severity FROM told WHERE "isNews"`;
}

const rank = (whose: "a" | "excluded") =>
  Prisma.sql`array_position(ARRAY['info', 'warning', 'critical'], ${Prisma.raw(whose)}.severity)`;
const isWorse = Prisma.sql`${rank("excluded")} > ${rank("a")}`;
