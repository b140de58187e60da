import type { Invitations } from "./devices/pairing.ts";
import type { Journal } from "./events/follow.ts";
import type { Checkouts, Resources } from "./lending/shelf.ts";
import type { CodeRegister } from "./redemption/issue-code.ts";
import type { RedemptionLedger } from "./redemption/ledger.ts";

/** Everything of one tenant that is written down. `db` fills these rooms, `api` is asked for what is in them. */
export interface TenantRooms {
  ledger: RedemptionLedger;
  codes: CodeRegister;
  resources: Resources;
  checkouts: Checkouts;
  invitations: Invitations;
  journal: Journal;
}
