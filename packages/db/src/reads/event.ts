import type { TenantEvent } from "@tessera/contracts";

/** A row of the journal as either driver gives it. */
interface JournalRow {
  seq: bigint | string | number;
  type: string;
  entity_id: string;
  at: Date;
  payload: unknown;
}

/**
 * @param row A journal row. The product's own statements write every type and payload there is, so the shape is trusted.
 * @returns The event as subscribers see it.
 */
export const eventOf = ({ seq, type, entity_id: entityId, at, payload }: JournalRow): TenantEvent =>
  ({ seq: Number(seq), type, entityId, at: at.toISOString(), payload }) as TenantEvent;
