import type { ResourceId } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";

/**
 * @param tx In the tenant. The thing is not retired until it ends.
 * @param scope Which tenant.
 * @param resourceId Which thing.
 * @returns Whether the tenant has such a thing, and it is not retired.
 */
export async function isInUse(tx: Tx, scope: TenantScope, resourceId: ResourceId): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM resources
    WHERE tenant_id = ${scope}::uuid AND id = ${resourceId}::uuid AND retired_at IS NULL FOR KEY SHARE`;
  return rows.length > 0;
}
