import { randomUUID } from "node:crypto";
import type { GuestId } from "@tessera/contracts";
import type { GuestSessions } from "@tessera/domain/guests/guest-sessions";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after a session was ended, so that its news can leave.
 */
export function guestSessionsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): GuestSessions {
  return {
    open: (tokenHash, placeId) =>
      tenant(async (tx) => {
        const id = randomUUID();
        await tx.guestSession.deleteMany({
          where: { tenantId: scope, lastSeenAt: { lt: new Date(Date.now() - DAY_MS) } },
        });
        await tx.guestSession.createMany({
          data: [{ tenantId: scope, id, tokenHash: Buffer.from(tokenHash), placeId }],
        });
        return id as GuestId;
      }),

    async end(id) {
      const { count } = await tenant((tx) =>
        tx.guestSession.updateMany({ where: { tenantId: scope, id, endedAt: null }, data: { endedAt: new Date() } }),
      );
      if (count > 0) onChange();
      return count > 0;
    },
  };
}
