import type { ResourceId, TenantId } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type Database, inRole, type Tx } from "../database.ts";
import { inTenant } from "../tenant.ts";

/**
 * Brings the claims on a thing up to a moment: ends what has passed, offers the thing to the first who waits, tells of all that.
 *
 * @param tx In the tenant. The thing is held until it ends.
 * @param scope Which tenant.
 * @param resourceId Which thing.
 * @param now Up to when.
 */
export async function settleClaims(tx: Tx, scope: TenantScope, resourceId: ResourceId, now: Date): Promise<void> {
  await tx.$queryRaw`SELECT true AS settled FROM (SELECT settle_claims(${scope}::uuid, ${resourceId}::uuid, ${now})) s`;
}

/** More wait for the next turn. */
const MOST_IN_A_TURN = 500;

/**
 * The turn of the house: of everything that was kept for somebody until a moment that has passed, the next may have it.
 *
 * @param database Where.
 * @param now The moment.
 * @returns Of how many things the claims were settled.
 */
export async function settleDueClaims(database: Database, now: Date): Promise<number> {
  const due = await inRole(
    database,
    "tessera_operator",
    (tx) => tx.$queryRaw<Array<{ tenant_id: TenantId; id: ResourceId }>>`SELECT tenant_id, id FROM resources
      WHERE claimed_until <= ${now} ORDER BY claimed_until LIMIT ${MOST_IN_A_TURN}`,
  );
  for (const { tenant_id, id } of due) {
    const scope = tenant_id as string as TenantScope;
    await inTenant(database, scope)((tx) => settleClaims(tx, scope, id, now));
  }
  return due.length;
}
