import type { FlagDecision, FlagKey, TenantId } from "@tessera/contracts";

/** One flag as it is set, whoever asks. */
export interface FlagSetting {
  key: string;
  enabled: boolean;
  archived: boolean;
  /** Set while the kill switch is down. */
  killedAt: Date | null;
  /** The tenants it is for; empty means all. */
  targetTenants: readonly TenantId[];
  revision: number;
}

/**
 * Decides one flag for one tenant. Never throws, never waits: an unknown flag is off.
 *
 * @param key The flag asked for.
 * @param setting Its setting, or undefined when there is none.
 * @param tenant For whom.
 * @returns Value and reason. Order: archived, killed, switched off, tenants, on.
 */
export function evaluateFlag(key: FlagKey, setting: FlagSetting | undefined, tenant: TenantId): FlagDecision {
  if (!setting) return { key, value: false, reason: "UNKNOWN", revision: 0 };
  const { revision } = setting;
  if (setting.archived) return { key, value: false, reason: "DISABLED", revision };
  if (setting.killedAt) return { key, value: false, reason: "KILLED", revision };
  if (!setting.enabled) return { key, value: false, reason: "DISABLED", revision };
  if (setting.targetTenants.length === 0) return { key, value: true, reason: "STATIC", revision };
  const isTarget = setting.targetTenants.includes(tenant);
  return { key, value: isTarget, reason: isTarget ? "TARGETING_MATCH" : "DEFAULT", revision };
}
