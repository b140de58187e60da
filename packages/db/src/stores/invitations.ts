import type { Invitations } from "@tessera/domain/devices/pairing";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

/** @returns The invitations of one tenant. */
export function invitationsOf(scope: TenantScope, tenant: InTenant): Invitations {
  return {
    add: (codeHash, name, expiresAt) =>
      tenant(async (tx) => {
        await tx.deviceInvitation.create({
          data: { tenantId: scope, codeHash: Buffer.from(codeHash), name, expiresAt },
        });
      }),
  };
}
