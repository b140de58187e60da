import type { FlagKey, TenantId } from "@tessera/contracts";
import { FlagSetting, isFlagKey, type FlagSetting as Setting } from "@tessera/contracts/flags";
import type { FlagActor, UnreadableFlag } from "@tessera/domain/flags/flag-book";
import type { Tx } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** A flag's breaker, as its setting has it. */
export const AS_BREAKER = Prisma.sql`CASE f.breaker_state
  WHEN 'closed' THEN jsonb_build_object('state', 'closed')
  WHEN 'open' THEN jsonb_build_object('state', 'open', 'since', instant(f.breaker_since), 'incidentId', f.breaker_incident)
  ELSE jsonb_build_object('state', 'half_open', 'since', instant(f.breaker_since), 'incidentId', f.breaker_incident,
    'share', f.breaker_share) END`;

/** A flag as its setting, made in the database: the typed client would read a list of no tenants and no list as the same. */
export const AS_SETTING = Prisma.sql`jsonb_build_object(
  'key', f.key, 'description', f.description, 'enabled', f.enabled, 'archived', f.archived,
  'targetTenants', to_jsonb(f.target_tenants), 'tenantShare', f.tenant_share, 'config', f.config, 'denied', f.denied,
  'prerequisites', to_jsonb(f.prerequisites), 'age', jsonb_build_object('minutes', f.age_minutes, 'after', f.age_after),
  'killed', CASE WHEN f.killed_at IS NOT NULL THEN jsonb_build_object('at', instant(f.killed_at),
     'because', coalesce(f.killed_because, ''), 'by', coalesce(f.killed_by, '')) END,
  'breaker', ${AS_BREAKER},
  'salt', f.salt, 'scheme', f.scheme, 'revision', f.revision, 'updatedAt', instant(f.updated_at))`;

export interface SettingRow {
  setting: unknown;
}

const saying = ({ path, message }: { path: PropertyKey[]; message: string }) => `${path.join(".")}: ${message}`;

/**
 * @returns The setting, or why it cannot be one: the database refuses nonsense, but a newer release or a superuser may know
 *   better.
 */
export function settingIn(row: SettingRow): { setting: Setting } | { unreadable: UnreadableFlag } | null {
  const key = String((row.setting as { key?: unknown }).key);
  if (!isFlagKey(key)) return null; // of another release
  const parsed = FlagSetting.safeParse(row.setting);
  if (parsed.success) return { setting: parsed.data };
  const because = parsed.error.issues.slice(0, FEW).map(saying).join("; ");
  const forNobody = FlagSetting.safeParse({ ...(row.setting as object), ...NOBODY });
  return { unreadable: { key, because, forNobody: forNobody.data } };
}

const FEW = 5;
/** In place of what a person sets of a flag, where that is nonsense: whoever switches the flag off needs nothing of it. */
const NOBODY = {
  description: "",
  targetTenants: [],
  tenantShare: null,
  config: { rollout: "whitelist" },
  denied: {},
  prerequisites: [],
};

/** @returns One flag, locked until the transaction ends, for nobody if it cannot be read; null when there is none. */
export async function lockedSetting(tx: Tx, key: FlagKey): Promise<Setting | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7321004)`; // as the trigger will: lock first, row second
  const [row] = await tx.$queryRaw<
    SettingRow[]
  >`SELECT ${AS_SETTING} AS setting FROM feature_flags f WHERE key = ${key} FOR UPDATE`;
  if (!row) return null;
  const read = settingIn(row);
  const setting = read && ("setting" in read ? read.setting : read.unreadable.forNobody);
  if (!setting) throw new Error(`the flag ${key} cannot be read`);
  return setting;
}

/** Says for whom this transaction works: the history of flags names them. */
export async function actingFor(tx: Tx, { id, via }: FlagActor, because: string): Promise<void> {
  await tx.$executeRaw`SELECT set_config('app.actor', ${id}, true), set_config('app.via', ${via}, true),
    set_config('app.because', ${because}, true)`;
}

/** @returns The ids of the active tenants, the oldest first. */
export async function tenantsByAge(tx: Tx): Promise<TenantId[]> {
  const rows = await tx.$queryRaw<{ id: TenantId }[]>`SELECT id FROM tenants WHERE is_active ORDER BY created_at, id`;
  return rows.map(({ id }) => id);
}
