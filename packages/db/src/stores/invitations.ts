import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

/** Invitations for new desks of one tenant. */
export interface Invitations {
  /**
   * @param codeHash SHA-256 of the pairing code.
   * @param name The desk's name.
   * @param expiresAt Until when it can be used, once.
   */
  add(codeHash: Uint8Array, name: string, expiresAt: Date): Promise<void>;
}

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
