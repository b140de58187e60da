import type { MemberId, RenewOutcome, ResourceId } from "@tessera/contracts";
import { type RenewableLoan, renewalOf } from "@tessera/domain/lending/renewal";
import type { Checkouts } from "@tessera/domain/lending/shelf";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";
import { factsIn } from "./loan-rules.ts";

/**
 * More time for loans.
 *
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each renewal, so that its news can leave.
 */
export function renewalsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Pick<Checkouts, "renew"> {
  return {
    async renew(id, by, now) {
      const outcome = await tenant(async (tx): Promise<RenewOutcome> => {
        const loan = await held(tx, scope, id);
        const facts = loan && (await factsIn(tx, scope, loan.resourceId, { holderId: loan.holderId }));
        const judged = renewalOf(loan && { ...loan, ...(await othersFor(tx, scope, loan)) }, facts, by, now);
        if (!loan || judged.kind === "refused") return judged as Extract<RenewOutcome, { kind: "refused" }>;

        const renewals = loan.renewals + 1;
        await tx.checkout.updateMany({ where: { tenantId: scope, id }, data: { dueAt: judged.dueAt, renewals } });
        const [{ version }] = await tx.$queryRaw<[{ version: bigint }]>`UPDATE resources SET version = version + 1
          WHERE tenant_id = ${scope}::uuid AND id = ${loan.resourceId}::uuid RETURNING version`;
        const dueAt = judged.dueAt.toISOString();
        const { resourceId, holderId } = loan;
        const payload = { resourceId, holderId, dueAt, renewals, resourceVersion: Number(version) };
        const news = { type: "checkout.renewed", entityId: id, entityVersion: version, actorId: by.memberId, payload };
        await tx.outbox.create({ data: { tenantId: scope, ...news } });
        return { kind: "renewed", dueAt, left: judged.left };
      });
      if (outcome.kind === "renewed") onChange();
      return outcome;
    },
  };
}

/**
 * What others want with a thing that somebody has.
 *
 * @param tx In the tenant.
 * @param scope Which tenant.
 * @param loan Whose thing.
 * @returns How many wait, and when it is reserved next.
 */
export async function othersFor(
  tx: Tx,
  scope: TenantScope,
  { resourceId, holderId }: { resourceId: string; holderId: string },
): Promise<Pick<RenewableLoan, "waiting" | "reserved">> {
  const open = { tenantId: scope, resourceId, endedAt: null };
  const waiting = await tx.queuePlace.count({ where: { ...open, memberId: { not: holderId } } });
  const next = await tx.reservation.findFirst({
    where: { ...open, holderId: { not: holderId } },
    orderBy: { fromAt: "asc" },
  });
  return { waiting, reserved: next && { from: next.fromAt, until: next.untilAt } };
}

interface HeldLoan {
  resourceId: ResourceId;
  holderId: MemberId;
  dueAt: Date;
  returnedAt: Date | null;
  renewals: number;
}

/** First the thing, then its loan: the order in which a redemption takes them. */
async function held(tx: Tx, scope: TenantScope, id: string): Promise<HeldLoan | null> {
  const which = { tenantId: scope, id, undoneAt: null };
  const found = await tx.checkout.findFirst({ where: which, select: { resourceId: true } });
  if (!found) return null;
  await tx.$queryRaw`SELECT 1 AS held FROM resources
    WHERE tenant_id = ${scope}::uuid AND id = ${found.resourceId}::uuid FOR NO KEY UPDATE`;
  const row = await tx.checkout.findFirst({ where: which });
  return row && { ...row, resourceId: row.resourceId as ResourceId, holderId: row.holderId as MemberId };
}
