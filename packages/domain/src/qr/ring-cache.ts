import type { TenantId } from "@tessera/contracts";
import type { KeyBook } from "./key-ring.ts";
import { type VerifyingKeys, verifyingKeys } from "./verifying-keys.ts";

/** The verifying keys of tenants, kept for a moment: a forged code must not cost a question to the database. */
export interface RingCache {
  /** @throws Whatever `book` throws; that is not kept. */
  of(tenant: TenantId, book: Pick<KeyBook, "ring">): Promise<VerifyingKeys>;
  /** To be called when a `key.changed` of the tenant is heard. */
  forget(tenant: TenantId): void;
}

/**
 * Short, for a process that hears of a revoked key late. It is not what keeps a stolen key out: a code that the tenant
 * never issued is not in the database, whoever signed it.
 */
const KEPT_MS = 5_000;

/** @param now The process's clock: a ring is some seconds old, and keys live for days. */
export function ringCache(now: () => Date): RingCache {
  const rings = new Map<TenantId, { until: number; keys: Promise<VerifyingKeys> }>();

  return {
    of(tenant, book) {
      const at = now();
      const kept = rings.get(tenant);
      if (kept && at.getTime() < kept.until) return kept.keys;

      const entry = { until: at.getTime() + KEPT_MS, keys: book.ring().then((ring) => verifyingKeys(ring, at)) };
      rings.set(tenant, entry);
      entry.keys.catch(() => {
        if (rings.get(tenant) === entry) rings.delete(tenant);
      });
      return entry.keys;
    },

    forget(tenant) {
      rings.delete(tenant);
    },
  };
}
