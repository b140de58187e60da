import type { Invitations } from "@tessera/domain/devices/pairing";
import type { Journal } from "@tessera/domain/events/follow";
import type { Checkouts, Resources } from "@tessera/domain/lending/shelf";
import type { CodeRegister } from "@tessera/domain/redemption/issue-code";
import type { RedemptionLedger } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "./database.ts";
import { checkoutsOf } from "./reads/checkouts.ts";
import { journalOf } from "./reads/journal.ts";
import { resourcesOf } from "./reads/resources.ts";
import { codeRegister } from "./stores/code-register.ts";
import { invitationsOf } from "./stores/invitations.ts";
import { redemptionLedger } from "./stores/redemption-ledger.ts";
import { inTenant } from "./tenant.ts";

/** Everything of one tenant that is written down. */
export interface TenantRooms {
  ledger: RedemptionLedger;
  codes: CodeRegister;
  resources: Resources;
  checkouts: Checkouts;
  invitations: Invitations;
  journal: Journal;
}

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
