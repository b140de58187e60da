import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type Database, inRole, type Tx } from "./database.ts";

/** Work inside one tenant: every row it sees or writes is that tenant's, the database sees to it. */
export type InTenant = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * One tenant's door to the database.
 *
 * @param database Where.
 * @param scope Which tenant, as the gate minted it.
 * @returns Runs work in a transaction with row security on. Keep the work short: the embedded database has one
 *   session for everybody.
 */
export function inTenant(database: Database, scope: TenantScope): InTenant {
  return (work) =>
    inRole(database, "tessera_app", async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.tenant_id', ${scope}, true)`;
      return work(tx);
    });
}
