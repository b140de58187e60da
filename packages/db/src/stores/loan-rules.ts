import type { LoanRules, MemberId, ResourceId, ResourceKind } from "@tessera/contracts";
import { USUAL_TIER } from "@tessera/contracts";
import type { LendingFacts, LoanRuleBook } from "@tessera/domain/lending/loan-rules";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";

/**
 * What one tenant lends by.
 *
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each new version, so that its news can leave.
 */
export function loanRulesOf(scope: TenantScope, tenant: InTenant, onChange: () => void): LoanRuleBook {
  const newest = (tx: Tx) => tx.loanRules.findFirst({ where: { tenantId: scope }, orderBy: { version: "desc" } });

  return {
    factsFor: (resourceId, holderId) => tenant((tx) => factsIn(tx, scope, resourceId, { holderId })),
    factsForTier: (resourceId, tier) => tenant((tx) => factsIn(tx, scope, resourceId, { tier })),

    read: () =>
      tenant(async (tx) => {
        const { timeZone } = await tx.tenant.findUniqueOrThrow({ where: { id: scope }, select: { timeZone: true } });
        const row = await newest(tx);
        return { ...rulesOf(row), version: row?.version ?? 0, savedAt: row?.savedAt.toISOString() ?? null, timeZone };
      }),

    async save({ seen, rules, hours }, by) {
      const saved = await tenant(async (tx) => {
        const version = ((await newest(tx))?.version ?? 0) + 1;
        if (version !== seen + 1) return null;
        const row = { tenantId: scope, version, rules: [...rules], hours: [...hours], savedBy: by };
        // Of two who save at once the second waits for the first, and then finds the number taken.
        const { count } = await tx.loanRules.createMany({ data: [row as never], skipDuplicates: true });
        if (count === 0) return null;
        const news = { type: "loan_rules.saved", entityId: scope, entityVersion: version, actorId: by };
        await tx.outbox.create({ data: { tenantId: scope, ...news, payload: { version } } });
        return version;
      });
      if (saved === null) return { kind: "refused", refusal: { reason: "changed_meanwhile" } };
      onChange();
      return { kind: "saved", version: saved };
    },
  };
}

interface FactsRow {
  tier: string;
  kind: ResourceKind;
  place: string;
  loan_minutes: number;
  time_zone: string;
  rules: LoanRules["rules"] | null;
  hours: LoanRules["hours"] | null;
  open_loans: number;
  resource: string;
  claim_from: Date | null;
  claim_until: Date | null;
  queue_place: number | null;
}

/**
 * @param tx In the tenant.
 * @param scope Which tenant.
 * @param resourceId Which thing.
 * @param who A member, or somebody of a tier who has nothing.
 * @returns What the terms of a loan follow from; null when the tenant has no such thing in use, or no such member any more.
 */
export async function factsIn(
  tx: Tx,
  scope: TenantScope,
  resourceId: ResourceId,
  who: { holderId: MemberId } | { tier: string },
): Promise<LendingFacts | null> {
  const holder = "holderId" in who ? who.holderId : null;
  const tier = "tier" in who ? who.tier : USUAL_TIER;
  const [row] = await tx.$queryRaw<FactsRow[]>`
    SELECT coalesce(m.tier, ${tier}) AS tier, r.kind, r.place, r.loan_minutes, t.time_zone, l.rules, l.hours,
           CASE WHEN m.id IS NULL THEN 0 ELSE open_loans(${scope}::uuid, m.id) END AS open_loans,
           r.name AS resource, c.from_at AS claim_from, c.until_at AS claim_until, q.place AS queue_place
      FROM resources r
      JOIN tenants t ON t.id = r.tenant_id
      LEFT JOIN members m ON m.tenant_id = r.tenant_id AND m.id = ${holder}::uuid AND m.left_at IS NULL
      LEFT JOIN LATERAL (SELECT rules, hours FROM loan_rules WHERE tenant_id = r.tenant_id
                          ORDER BY version DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (
        SELECT from_at, until_at FROM (
          SELECT joined_at AS from_at, held_until AS until_at, member_id AS who FROM queue_places
           WHERE tenant_id = r.tenant_id AND resource_id = r.id AND ended_at IS NULL AND held_until IS NOT NULL
          UNION ALL
          SELECT from_at, until_at, holder_id FROM reservations
           WHERE tenant_id = r.tenant_id AND resource_id = r.id AND ended_at IS NULL) x
         WHERE until_at > clock_timestamp() AND who IS DISTINCT FROM m.id
           AND NOT EXISTS (SELECT FROM checkouts WHERE tenant_id = r.tenant_id AND resource_id = r.id AND returned_at IS NULL)
         ORDER BY from_at LIMIT 1) c ON m.id IS NOT NULL
      LEFT JOIN LATERAL (
        SELECT (SELECT count(*)::int FROM queue_places w WHERE w.tenant_id = q.tenant_id AND w.resource_id = q.resource_id
                   AND w.ended_at IS NULL AND (w.joined_at, w.id) <= (q.joined_at, q.id)) AS place
          FROM queue_places q WHERE q.tenant_id = r.tenant_id AND q.resource_id = r.id AND q.member_id = m.id
           AND q.ended_at IS NULL) q ON true
     WHERE r.tenant_id = ${scope}::uuid AND r.id = ${resourceId}::uuid AND r.retired_at IS NULL AND (m.id IS NOT NULL OR ${holder}::uuid IS NULL)`;
  return row
    ? {
        tier: row.tier,
        kind: row.kind,
        place: row.place,
        loanMinutes: row.loan_minutes,
        timeZone: row.time_zone,
        openLoans: row.open_loans,
        resource: row.resource,
        claim: row.claim_from && row.claim_until ? { from: row.claim_from, until: row.claim_until } : null,
        queuePlace: row.queue_place,
        ...rulesOf(row),
      }
    : null;
}

/** What was checked when it was saved. */
const rulesOf = (row: { rules: unknown; hours: unknown } | null): LoanRules => ({
  rules: (row?.rules ?? []) as LoanRules["rules"],
  hours: (row?.hours ?? []) as LoanRules["hours"],
});
