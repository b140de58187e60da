import { type Database, inRole, type Tx } from "./database.ts";
import { Prisma } from "./generated/prisma/client.ts";

/** What must always hold, whatever happens (design: the invariants of the redemption protocol). */
export const invariants = ["I1", "I2", "I6", "I12"] as const;
export type Invariant = (typeof invariants)[number];

/** What one check found. */
export interface Finding {
  invariant: Invariant;
  violations: number;
  /** One of them, for the person who looks into it: ids only. null when there is none. */
  example: string | null;
}

/** Each scan that was decided is in the journal as one of these. */
const DECISIONS = Prisma.join(["code.redeemed", "code.refused", "code.conflict", "scan.withdrawn"]);

/** Each gives one row per violation, with one column: what it is about. */
const CHECKS: Record<Invariant, (since: Date | null) => Prisma.Sql> = {
  /** Per code: as many redemptions as uses, no more than allowed, numbered 1 to uses. What was undone keeps its row. */
  I1: (since) => Prisma.sql`
    SELECT 'code ' || c.id AS about
      FROM qr_codes c LEFT JOIN redemptions r ON r.tenant_id = c.tenant_id AND r.code_id = c.id
     WHERE ${since}::timestamptz IS NULL OR c.created_at >= ${since}::timestamptz
        OR (c.tenant_id, c.id) IN (SELECT n.tenant_id, n.code_id FROM redemptions n WHERE n.at >= ${since}::timestamptz)
     GROUP BY c.tenant_id, c.id
    HAVING count(r.id) <> c.uses OR c.uses > c.max_uses
        OR (c.uses > 0 AND (min(r.use_no) <> 1 OR max(r.use_no) <> c.uses))`,

  /** Per thing: at most one open check-out. */
  I2: () => Prisma.sql`
    SELECT 'resource ' || resource_id AS about FROM checkouts WHERE returned_at IS NULL
     GROUP BY tenant_id, resource_id HAVING count(*) > 1`,

  /** Every redemption was told exactly once, nothing was told that did not happen; numbers have no gaps. */
  I6: (since) => Prisma.sql`
    WITH told AS (
      SELECT tenant_id, entity_id, scan_id FROM journal WHERE type = 'code.redeemed' AND at >= ${slack(since)}
      UNION ALL
      SELECT tenant_id, entity_id, scan_id FROM outbox WHERE type = 'code.redeemed')
    SELECT 'redemption ' || r.id || ' was told ' || count(t.scan_id) || ' times' AS about
      FROM redemptions r
      LEFT JOIN told t ON t.tenant_id = r.tenant_id AND t.scan_id = r.scan_id AND t.entity_id = r.code_id
     WHERE r.at >= ${from(since)} GROUP BY r.tenant_id, r.id HAVING count(t.scan_id) <> 1
    UNION ALL
    SELECT 'scan ' || coalesce(t.scan_id::text, '-') || ' was told but not redeemed' FROM told t
     WHERE NOT EXISTS (SELECT FROM redemptions r WHERE r.tenant_id = t.tenant_id AND r.scan_id = t.scan_id
                          AND r.code_id = t.entity_id)
    UNION ALL
    SELECT 'journal of tenant ' || h.tenant_id || ' has gaps' FROM stream_heads h
      JOIN (SELECT tenant_id, min(seq) AS seq FROM journal WHERE at >= ${from(since)} GROUP BY 1) f USING (tenant_id)
     WHERE (SELECT count(*) FROM journal j WHERE j.tenant_id = h.tenant_id AND j.seq >= f.seq) <> h.seq - f.seq + 1
        OR (${since}::timestamptz IS NULL AND f.seq <> 1)
    UNION ALL
    SELECT 'scan ' || scan_id || ' is undecided' FROM scans WHERE outcome = 'pending'
       AND decided_at >= ${from(since)}`,

  /** Every decision is in the journal, and its newest entries are what was hashed. The rest: sealing, and audit.verify. */
  I12: (since) => Prisma.sql`
    WITH told AS (
      SELECT tenant_id, scan_id FROM journal WHERE type IN (${DECISIONS}) AND at >= ${slack(since)}
      UNION
      SELECT tenant_id, scan_id FROM outbox WHERE type IN (${DECISIONS}))
    SELECT 'scan ' || s.scan_id || ' is not in the journal' AS about FROM scans s
     WHERE s.outcome IN ('redeemed', 'refused') AND s.decided_at >= ${from(since)}
       AND NOT EXISTS (SELECT FROM told t WHERE t.tenant_id = s.tenant_id AND t.scan_id = s.scan_id)
    UNION ALL
    SELECT 'entry ' || j.seq || ' of tenant ' || j.tenant_id || ' is not what was hashed' FROM journal j
     WHERE j.at >= ${from(since)} AND j.hash <> sha256(j.prev_hash || convert_to(journal_text(j.tenant_id, j.seq, j.type,
             j.entity_id, j.entity_version, j.actor_id, j.device_id, j.scan_id, j.at, j.payload), 'UTF8'))
    UNION ALL
    SELECT 'entry ' || j.seq || ' of tenant ' || j.tenant_id || ' does not continue the one before' FROM journal j
      JOIN journal b ON b.tenant_id = j.tenant_id AND b.seq = j.seq - 1
     WHERE j.at >= ${from(since)} AND j.prev_hash <> b.hash
    UNION ALL
    SELECT 'tenant ' || h.tenant_id || ' has another head than its journal' FROM stream_heads h
     WHERE NOT EXISTS (SELECT FROM journal j WHERE j.tenant_id = h.tenant_id AND j.seq = h.seq AND j.hash = h.hash)`,
};

const from = (since: Date | null) => Prisma.sql`coalesce(${since}::timestamptz, '-infinity')`;
/** What was redeemed at a moment is told then or later; a minute for two readings of the clock. */
const slack = (since: Date | null) => Prisma.sql`coalesce(${since}::timestamptz - interval '1 minute', '-infinity')`;

/**
 * Asks the database whether the invariants hold. Each is one statement, and so sees one moment.
 *
 * @param database Where.
 * @param since Looks only at what happened since; null looks at everything.
 * @returns One finding per invariant, also where nothing was found.
 */
export async function checkInvariants(database: Database, since: Date | null): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const invariant of invariants) {
    findings.push(await inRole(database, "tessera_operator", (tx) => check(tx, invariant, since)));
  }
  return findings;
}

/**
 * One of them, in a transaction that is under way.
 *
 * @param tx As a role that reads every tenant.
 * @param since As above.
 */
export async function check(tx: Tx, invariant: Invariant, since: Date | null): Promise<Finding> {
  const [row] = await tx.$queryRaw<{ violations: number; example: string | null }[]>`
    SELECT count(*)::int AS violations, min(about) AS example FROM (${CHECKS[invariant](since)}) AS found`;
  return { invariant, violations: row?.violations ?? 0, example: row?.example ?? null };
}
