import type { TenantId } from "@tessera/contracts";

/** An address that nobody is served from. */
export interface Block {
  /** Null: by nobody at all. */
  tenantId: TenantId | null;
  address: string;
  /** Null: until it is lifted. */
  until: Date | null;
}

/** Which addresses are blocked, as one process knows them. */
export interface Blocks {
  /**
   * @param address Of a caller.
   * @param tenantId Whose caller; null: nobody's.
   * @param now When.
   * @returns Who blocked it: this tenant, or the platform; null: nobody did.
   */
  blockedBy(address: string, tenantId: TenantId | null, now: Date): "tenant" | "platform" | null;
}

/** @returns These, found in two look-ups at most, and in none while there is not one. */
export function blocksOf(all: readonly Block[]): Blocks {
  const untilOf = new Map(all.map(({ tenantId, address, until }) => [keyOf(tenantId, address), until]));

  const holds = (key: string, now: Date): boolean => {
    const until = untilOf.get(key);
    return until !== undefined && (until === null || until > now);
  };

  return {
    blockedBy(address, tenantId, now) {
      if (untilOf.size === 0) return null;
      if (holds(keyOf(null, address), now)) return "platform";
      return tenantId && holds(keyOf(tenantId, address), now) ? "tenant" : null;
    },
  };
}

const keyOf = (tenantId: TenantId | null, address: string): string => `${tenantId ?? ""} ${address}`;
