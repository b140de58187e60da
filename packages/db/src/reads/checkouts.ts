import type { Checkout, CheckoutId, MemberId, OpenLoan, Renewal, ResourceId, ResourceKind } from "@tessera/contracts";
import { renewalOf } from "@tessera/domain/lending/renewal";
import type { Checkouts } from "@tessera/domain/lending/shelf";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { factsIn } from "../stores/loan-rules.ts";
import { othersFor } from "../stores/renewals.ts";
import type { InTenant } from "../tenant.ts";

const MOST_RETURNED = 20;
const MOST_OPEN = 500;

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

interface OpenRow {
  resourceId: string;
  holderId: string;
  dueAt: Date;
  returnedAt: Date | null;
  renewals: number;
}
