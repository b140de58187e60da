import { TenantEvent } from "@tessera/contracts";

/** A row of the journal as either driver gives it. */
interface JournalRow {
  seq: bigint | string | number;
  type: string;
  entity_id: string;
  at: Date;
  payload: unknown;
}

/**
 * @param row A journal row.
 * @returns The event as subscribers see it: what the journal keeps beyond the contract (who switched a flag, and why)
 *   is for the audit and leaves here.
 * @throws ZodError When a row is not what its type says: the product wrote something it must not.
 */
export const eventOf = ({ seq, type, entity_id: entityId, at, payload }: JournalRow): TenantEvent =>
  TenantEvent.parse({ seq: Number(seq), type, entityId, at: at.toISOString(), payload });
