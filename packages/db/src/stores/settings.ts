import type { CodeKind, MemberId, OfflinePolicy } from "@tessera/contracts";
import type { Settings } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

/**
 * What one tenant has chosen for itself.
 *
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function settingsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Settings {
  const which = { id: scope };
  const select = { codeKind: true, offlinePolicy: true, number: true } as const;
  const news = (by: MemberId, payload: object) => ({
    data: { tenantId: scope, type: "settings.changed", entityId: scope, entityVersion: 0, actorId: by, payload },
  });
  return {
    read: () =>
      tenant(async (tx) => {
        const { codeKind, offlinePolicy, number } = await tx.tenant.findUniqueOrThrow({ where: which, select });
        return { codeKind: codeKind as CodeKind, offlinePolicy: offlinePolicy as OfflinePolicy, tenantNumber: number };
      }),
    async save({ codeKind, offlinePolicy }, by) {
      await tenant(async (tx) => {
        await tx.tenant.update({ where: which, data: { codeKind, offlinePolicy }, select });
        await tx.outbox.create(news(by, { codeKind, offlinePolicy }));
      });
      onChange();
    },
    staffNeedSecondFactor: () =>
      tenant(async (tx) => {
        const row = await tx.tenant.findUniqueOrThrow({ where: which, select: { staffSecondFactor: true } });
        return row.staffSecondFactor;
      }),
    async needSecondFactor(staffSecondFactor, by) {
      await tenant(async (tx) => {
        await tx.tenant.update({ where: which, data: { staffSecondFactor }, select: { id: true } });
        await tx.outbox.create(news(by, { staffSecondFactor }));
      });
      onChange();
    },
    selfService: () =>
      tenant(async (tx) => {
        const row = await tx.tenant.findUniqueOrThrow({ where: which, select: { selfService: true } });
        return row.selfService;
      }),
    async allowSelfService(selfService, by) {
      await tenant(async (tx) => {
        await tx.tenant.update({ where: which, data: { selfService }, select: { id: true } });
        await tx.outbox.create(news(by, { selfService }));
      });
      onChange();
    },
  };
}
