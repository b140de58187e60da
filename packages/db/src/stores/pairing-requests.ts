import type { PairingRequests } from "@tessera/domain/devices/desks";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type Database, inRole } from "../database.ts";

/**
 * Kiosks that ask to become desks. A request has no tenant until it is approved, so the gate looks: whoever of any tenant has
 * the code from the screen may take it for theirs.
 *
 * @param database Where.
 * @param scope Which tenant approves.
 */
export function pairingRequestsOf(database: Database, scope: TenantScope): PairingRequests {
  const waiting = (userCodeHash: Uint8Array, at: Date) => ({
    userCodeHash: Buffer.from(userCodeHash),
    settledAt: null,
    expiresAt: { gt: at },
  });

  async function settle(userCodeHash: Uint8Array, at: Date, settled: Settled): Promise<boolean> {
    const { count } = await inRole(database, "tessera_gate", (tx) =>
      tx.deviceRequest.updateMany({ where: waiting(userCodeHash, at), data: { ...settled, settledAt: at } }),
    );
    return count > 0;
  }

  return {
    find: (userCodeHash, at) =>
      inRole(database, "tessera_gate", async (tx) => {
        const row = await tx.deviceRequest.findFirst({ where: waiting(userCodeHash, at) });
        if (!row) return { kind: "refused", because: "unknown_user_code" };
        const { browser, askedAt, expiresAt } = row;
        return { kind: "waiting", browser, askedAt: askedAt.toISOString(), expiresAt: expiresAt.toISOString() };
      }),
    approve: (userCodeHash, { name, scopes }, by, at) =>
      settle(userCodeHash, at, { tenantId: scope, name, scopes, settledBy: by }),
    deny: (userCodeHash, by, at) => settle(userCodeHash, at, { settledBy: by }),
  };
}

interface Settled {
  settledBy: string;
  tenantId?: string;
  name?: string;
  scopes?: string[];
}
