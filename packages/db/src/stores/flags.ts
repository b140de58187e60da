import type { FlagKey, KilledFlag, TenantId } from "@tessera/contracts";
import type { FlagSetting } from "@tessera/domain/flags/evaluate";
import { type Database, inRole } from "../database.ts";

/** Flags as they are written down. */
export interface Flags {
  /** @returns Every setting there is. */
  all(): Promise<FlagSetting[]>;
  /**
   * The kill switch. Killing what is killed already changes nothing but the reason.
   *
   * @param by Who, for the audit.
   * @returns When it was killed, and the new revision; null when there is no such flag.
   */
  kill(key: FlagKey, because: string, by: string): Promise<KilledFlag | null>;
  /** Lifts the kill switch; the flag is again what it was set to. @returns The new revision, null for no such flag. */
  restore(key: FlagKey, because: string, by: string): Promise<{ revision: number } | null>;
}

/** @param onChange Called after each change, so that its news can leave. */
export function flagStore(database: Database, onChange: () => void): Flags {
  async function change(key: FlagKey, data: { killedAt: Date | null; killedBecause: string; killedBy: string }) {
    const changed = await inRole(database, "tessera_operator", async (tx) => {
      const { count } = await tx.featureFlag.updateMany({ where: { key }, data });
      return count === 0 ? null : tx.featureFlag.findUnique({ where: { key } });
    });
    if (changed) onChange();
    return changed;
  }

  return {
    all: () =>
      inRole(database, "tessera_gate", async (tx) => {
        const rows = await tx.featureFlag.findMany();
        return rows.map(({ key, enabled, archived, killedAt, targetTenants, revision }) => ({
          key,
          enabled,
          archived,
          killedAt,
          targetTenants: targetTenants as TenantId[],
          revision: Number(revision),
        }));
      }),

    async kill(key, because, by) {
      const killedAt = new Date();
      const flag = await change(key, { killedAt, killedBecause: because, killedBy: by });
      return flag && { key, killedAt: killedAt.toISOString(), revision: Number(flag.revision) };
    },

    async restore(key, because, by) {
      const flag = await change(key, { killedAt: null, killedBecause: because, killedBy: by });
      return flag && { revision: Number(flag.revision) };
    },
  };
}
