import { randomUUID } from "node:crypto";
import type { ApiKey, ApiKeyId, ApiScope, MemberId } from "@tessera/contracts";
import type { ApiKeys } from "@tessera/domain/keys/api-keys";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";

const MOST_LISTED = 500;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function apiKeysOf(scope: TenantScope, tenant: InTenant, onChange: () => void): ApiKeys {
  async function change<T>(by: MemberId, work: (tx: Tx) => Promise<T>): Promise<T> {
    const done = await tenant(async (tx) => {
      await tx.$queryRaw`SELECT set_config('app.member', ${by}, true)`;
      return work(tx);
    });
    onChange();
    return done;
  }

  const shownIn = async (tx: Tx, id: string) =>
    shown(await tx.apiKey.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } }, select: SHOWN }));

  return {
    list: () =>
      tenant(async (tx) => {
        const newest = { orderBy: [{ createdAt: "desc" as const }, { id: "asc" as const }], take: MOST_LISTED };
        const rows = await tx.apiKey.findMany({ where: { tenantId: scope }, select: SHOWN, ...newest });
        return rows.map(shown);
      }),

    create: ({ name, scopes, expiresAt }, { hash, prefix }, by) =>
      change(by, async (tx) => {
        const id = randomUUID();
        await tx.apiKey.createMany({
          data: [{ tenantId: scope, id, name, scopes, expiresAt, prefix, tokenHash: Buffer.from(hash) }],
        });
        return shownIn(tx, id);
      }),

    rotate: (id, { hash, prefix }, oldUntil, by) =>
      change(by, async (tx) => {
        const token = Buffer.from(hash);
        // In one statement: what was the token becomes the old one, whoever rotates beside us.
        const count = await tx.$executeRaw`UPDATE api_keys SET token_hash = ${token}, prefix = ${prefix},
            old_hash = CASE WHEN ${oldUntil}::timestamptz IS NULL THEN NULL ELSE token_hash END, old_until = ${oldUntil}
          WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > clock_timestamp())`;
        return count > 0 ? shownIn(tx, id) : null;
      }),

    revoke: (id, by) =>
      change(by, async (tx) => {
        const alive = { tenantId: scope, id, revokedAt: null };
        const { count } = await tx.apiKey.updateMany({ where: alive, data: { revokedAt: new Date() } });
        return count > 0 ? shownIn(tx, id) : null;
      }),
  };
}

/** Never a hash. */
const SHOWN = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
  oldUntil: true,
} as const;

interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  oldUntil: Date | null;
}

const told = (at: Date | null) => at?.toISOString() ?? null;

const shown = (row: KeyRow): ApiKey => ({
  id: row.id as ApiKeyId,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes as ApiScope[],
  createdAt: row.createdAt.toISOString(),
  expiresAt: told(row.expiresAt),
  lastUsedAt: told(row.lastUsedAt),
  revokedAt: told(row.revokedAt),
  oldUntil: told(row.oldUntil),
});
