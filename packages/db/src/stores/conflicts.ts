import type { Conflict, ConflictId, DeviceId, MemberId, RefusalReason, ResourceId, ScanId } from "@tessera/contracts";
import type { Conflicts } from "@tessera/domain/redemption/hand-in";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

const MOST_LISTED = 200;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each settlement, so that its news can leave.
 */
export function conflictsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Conflicts {
  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.redemptionConflict.findMany({
          where: { tenantId: scope },
          orderBy: [{ settledAt: { sort: "asc", nulls: "first" } }, { createdAt: "desc" }],
          take: MOST_LISTED,
          include: { code: { include: { holder: true, resource: true } } },
        });
        const ids = rows.flatMap(({ deviceId }) => deviceId ?? []);
        const desks = await tx.device.findMany({ where: { tenantId: scope, id: { in: ids } } });
        const nameOf = new Map(desks.map(({ id, name }) => [id, name]));
        return rows.map(
          ({ id, scanId, reason, deviceId, claimedAt, createdAt, settledAt, code }): Conflict => ({
            id: id as ConflictId,
            scanId: scanId as ScanId,
            reason: reason as RefusalReason,
            desk: deviceId ? { id: deviceId as DeviceId, name: nameOf.get(deviceId) ?? "" } : null,
            holder: { id: code.holder.id as MemberId, name: code.holder.name },
            resource: { id: code.resource.id as ResourceId, name: code.resource.name },
            claimedAt: claimedAt.toISOString(),
            at: createdAt.toISOString(),
            settledAt: settledAt?.toISOString() ?? null,
          }),
        );
      }),

    async settle(id, resolution, by) {
      const isSettled = await tenant(async (tx) => {
        const count = await tx.$executeRaw`UPDATE redemption_conflicts
          SET settled_at = clock_timestamp(), settled_by = ${by}::uuid, resolution = ${resolution}
          WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid AND settled_at IS NULL`;
        if (count === 0) return false;
        await tx.outbox.create({
          data: {
            tenantId: scope,
            type: "conflict.settled",
            entityId: id,
            entityVersion: 0,
            actorId: by,
            payload: { resolution },
          },
        });
        return true;
      });
      if (isSettled) onChange();
      return isSettled;
    },
  };
}
