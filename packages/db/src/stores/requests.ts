import type { RequestOutcome } from "@tessera/contracts";
import type { Requests } from "@tessera/domain/guests/requests";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { requestReadsOf } from "../reads/requests.ts";
import type { InTenant } from "../tenant.ts";
import { makeRequest } from "./make-request.ts";
import { moveRequest } from "./move-request.ts";
import { ASKING } from "./request-rows.ts";

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function requestsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Requests {
  async function change(work: (tx: Tx) => Promise<RequestOutcome>): Promise<RequestOutcome> {
    const outcome = await tenant(work);
    if (outcome.kind === "done") onChange();
    return outcome;
  }

  return {
    ...requestReadsOf(scope, tenant),

    make: (guest, wanted, limit, at) => change((tx) => makeRequest(tx, scope, { guest, wanted, limit, at })),

    share: async ({ guestId }, shares) => {
      await tenant((tx) => tx.guestSession.updateMany({ where: { tenantId: scope, id: guestId }, data: { shares } }));
    },

    moveByGuest: ({ guestId, visitId }, id, move, at) =>
      change(async (tx) => {
        const own = { some: { guestId, act: { in: [...ASKING] } } };
        const isOwn = await tx.request.count({ where: { tenantId: scope, id, visitId, steps: own } });
        if (isOwn === 0) return { kind: "refused", because: "not_found" };
        return moveRequest(tx, scope, { id, move, by: { guestId }, at });
      }),

    moveByStaff: (id, move, memberId, at) => change((tx) => moveRequest(tx, scope, { id, move, by: { memberId }, at })),
  };
}
