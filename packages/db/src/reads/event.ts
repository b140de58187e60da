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
 *   is for the audit and stays here. An entry of a newer release comes out as `unknown`: it counts, and says nothing.
 */
export function eventOf({ seq, type, entity_id: entityId, at, payload }: JournalRow): TenantEvent {
  const entry = { seq: Number(seq), entityId, at: at.toISOString() };
  const event = TenantEvent.safeParse({ ...entry, type, payload });
  return event.success ? event.data : { ...entry, type: "unknown", payload: {} };
}
