import type {
  Checkout,
  CheckoutId,
  LoanPage,
  MemberId,
  OpenLoan,
  Renewal,
  ResourceId,
  ResourceKind,
} from "@tessera/contracts";
import { renewalOf } from "@tessera/domain/lending/renewal";
import type { Checkouts } from "@tessera/domain/lending/shelf";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { factsIn } from "../stores/loan-rules.ts";
import { othersFor } from "../stores/renewals.ts";
import type { InTenant } from "../tenant.ts";

const MOST_RETURNED = 20;
const MOST_OPEN = 500;
const PAGE = 50;

/** @returns The check-outs of one tenant. */
export function checkoutsOf(scope: TenantScope, tenant: InTenant): Omit<Checkouts, "renew"> {
  async function renewalFor(tx: Tx, loan: OpenRow, now: Date): Promise<Renewal> {
    const holderId = loan.holderId as MemberId;
    const facts = await factsIn(tx, scope, loan.resourceId as ResourceId, { holderId });
    const by = { memberId: holderId, isStaff: false };
    const judged = renewalOf({ ...loan, holderId, ...(await othersFor(tx, scope, loan)) }, facts, by, now);
    return judged.kind === "refused" ? judged : { ...judged, dueAt: judged.dueAt.toISOString() };
  }

  return {
    of: (holder, now) =>
      tenant(async (tx) => {
        const mine = { tenantId: scope, holderId: holder, undoneAt: null };
        const resource = { resource: { select: { id: true, name: true, kind: true } } };
        const open = await tx.checkout.findMany({
          where: { ...mine, returnedAt: null },
          orderBy: { dueAt: "asc" },
          include: resource,
        });
        const returned = await tx.checkout.findMany({
          where: { ...mine, returnedAt: { not: null } },
          orderBy: { returnedAt: "desc" },
          take: MOST_RETURNED,
          include: resource,
        });
        const renewals = new Map<string, Renewal>();
        for (const row of open) renewals.set(row.id, await renewalFor(tx, row, now));
        return [...open, ...returned].map(
          (row): Checkout => ({
            id: row.id as CheckoutId,
            resource: {
              id: row.resource.id as ResourceId,
              name: row.resource.name,
              kind: row.resource.kind as ResourceKind,
            },
            outAt: row.outAt.toISOString(),
            dueAt: row.dueAt.toISOString(),
            returnedAt: row.returnedAt?.toISOString() ?? null,
            renewal: renewals.get(row.id) ?? null,
          }),
        );
      }),

    find: ({ text, overdueOnly, after }, now) =>
      tenant(async (tx): Promise<LoanPage> => {
        const from = after ? new Date(after.dueAt) : null;
        // A cursor's moment has been told in milliseconds, so that is what is compared.
        const rows = await tx.$queryRaw<FoundRow[]>`
          SELECT * FROM (
            SELECT o.id, o.resource_id, r.name AS resource, o.holder_id, m.name AS holder, o.out_at,
                   date_trunc('milliseconds', o.due_at) AS due_at, o.renewals
              FROM checkouts o
              JOIN resources r ON r.tenant_id = o.tenant_id AND r.id = o.resource_id
              JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.holder_id
             WHERE o.tenant_id = ${scope}::uuid AND o.returned_at IS NULL AND (NOT ${overdueOnly} OR o.due_at < ${now})
               AND (strpos(lower(r.name), lower(${text})) > 0 OR strpos(lower(m.name), lower(${text})) > 0)) f
           WHERE ${from}::timestamptz IS NULL OR (due_at, id) > (${from}::timestamptz, ${after?.id ?? null}::uuid)
           ORDER BY due_at, id LIMIT ${PAGE + 1}`;
        const loans = rows.slice(0, PAGE).map((row) => ({
          id: row.id,
          resource: { id: row.resource_id, name: row.resource },
          holder: { id: row.holder_id, name: row.holder },
          outAt: row.out_at.toISOString(),
          dueAt: row.due_at.toISOString(),
          renewals: row.renewals,
        }));
        const last = loans.at(-1);
        return { loans, next: rows.length > PAGE && last ? { dueAt: last.dueAt, id: last.id } : null };
      }),

    open: () =>
      tenant(async (tx) => {
        const rows = await tx.checkout.findMany({
          where: { tenantId: scope, returnedAt: null, undoneAt: null },
          orderBy: [{ dueAt: "asc" }, { id: "asc" }],
          take: MOST_OPEN,
          include: { resource: { select: { id: true, name: true } }, holder: { select: { id: true, name: true } } },
        });
        return rows.map(
          ({ id, resource, holder, outAt, dueAt }): OpenLoan => ({
            id: id as CheckoutId,
            resource: { id: resource.id as ResourceId, name: resource.name },
            holder: { id: holder.id as MemberId, name: holder.name },
            outAt: outAt.toISOString(),
            dueAt: dueAt.toISOString(),
          }),
        );
      }),
  };
}

interface FoundRow {
  id: CheckoutId;
  resource_id: ResourceId;
  resource: string;
  holder_id: MemberId;
  holder: string;
  out_at: Date;
  due_at: Date;
  renewals: number;
}

interface OpenRow {
  resourceId: string;
  holderId: string;
  dueAt: Date;
  returnedAt: Date | null;
  renewals: number;
}
