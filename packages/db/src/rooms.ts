import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "./database.ts";
import { checkoutsOf } from "./reads/checkouts.ts";
import { journalOf } from "./reads/journal.ts";
import { resourcesOf } from "./reads/resources.ts";
import { codeRegister } from "./stores/code-register.ts";
import { invitationsOf } from "./stores/invitations.ts";
import { redemptionLedger } from "./stores/redemption-ledger.ts";
import { inTenant } from "./tenant.ts";

/**
 * Opens the rooms of one tenant. Cheap: nothing is asked of the database yet.
 *
 * @param database Where.
 * @param scope Which tenant, as the gate minted it.
 * @param onChange Called after each write, so that its news can leave.
 */
export function openRooms(database: Database, scope: TenantScope, onChange: () => void): TenantRooms {
  const tenant = inTenant(database, scope);
  return {
    ledger: redemptionLedger(database, scope, onChange),
    codes: codeRegister(database, scope, tenant, onChange),
    resources: resourcesOf(scope, tenant),
    checkouts: checkoutsOf(scope, tenant),
    invitations: invitationsOf(scope, tenant),
    journal: journalOf(scope, tenant),
  };
}
