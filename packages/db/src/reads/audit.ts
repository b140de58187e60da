import type { AuditEntry, AuditPage, JournalHead, JournalRow, JournalSeal } from "@tessera/contracts";
import type { AuditLog } from "@tessera/domain/journal/audit-log";
import { GENESIS } from "@tessera/domain/journal/chain";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { Prisma } from "../generated/prisma/client.ts";
import type { InTenant } from "../tenant.ts";

/** An entry exactly as `journal_text` hashed it. */
const AS_HASHED = Prisma.sql`tenant_id AS "tenantId", seq::float8 AS seq, encode(prev_hash, 'hex') AS "prevHash",
  encode(hash, 'hex') AS hash, type, entity_id AS "entityId", entity_version::text AS "entityVersion",
  actor_id AS "actorId", device_id AS "deviceId", scan_id AS "scanId",
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, payload::text AS payload`;

const MOST_ROWS = 1_000;

/** @returns The journal of one tenant, for an auditor. */
export function auditOf(scope: TenantScope, tenant: InTenant): AuditLog {
  return {
    head: () =>
      tenant(async (tx): Promise<JournalHead> => {
        const head = await tx.streamHead.findUnique({ where: { tenantId: scope } });
        return head ? { seq: Number(head.seq), hash: Buffer.from(head.hash).toString("hex") } : GENESIS;
      }),

    rows: (after, limit) =>
      tenant(
        (tx) =>
          tx.$queryRaw<
            JournalRow[]
          >`SELECT ${AS_HASHED} FROM journal WHERE tenant_id = ${scope}::uuid AND seq > ${BigInt(after)}
                                      ORDER BY journal.seq LIMIT ${Math.min(limit, MOST_ROWS)}`,
      ),

    seals: () =>
      tenant(async (tx): Promise<JournalSeal[]> => {
        const rows = await tx.journalSeal.findMany({ where: { tenantId: scope }, orderBy: { day: "asc" } });
        return rows.map(({ seq, hash, day, publicKey, signature }) => ({
          tenantId: scope,
          seq: Number(seq),
          hash: Buffer.from(hash).toString("hex"),
          day: day.toISOString().slice(0, 10),
          publicKey: Buffer.from(publicKey).toString("hex"),
          signature: Buffer.from(signature).toString("hex"),
        }));
      }),

    list: ({ after, limit, type, entityId }) =>
      tenant(async (tx): Promise<AuditPage> => {
        const which = { ...(type && { type }), ...(entityId && { entityId }) };
        const rows = await tx.journalEntry.findMany({
          where: { tenantId: scope, seq: { gt: after }, ...which },
          orderBy: { seq: "asc" },
          take: limit + 1,
        });
        const entries = rows.slice(0, limit).map(
          (row): AuditEntry => ({
            seq: Number(row.seq),
            type: row.type,
            entityId: row.entityId,
            actorId: row.actorId as AuditEntry["actorId"],
            deviceId: row.deviceId as AuditEntry["deviceId"],
            scanId: row.scanId as AuditEntry["scanId"],
            at: row.at.toISOString(),
            payload: row.payload as AuditEntry["payload"],
          }),
        );
        return { entries, next: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null };
      }),
  };
}
