import type {
  AuditPage,
  AuditQuery,
  AuditVerdict,
  ExportPage,
  JournalHead,
  JournalRow,
  JournalSeal,
} from "@tessera/contracts";
import { GENESIS, verifyChain } from "./chain.ts";

/** The journal of one tenant, as an auditor reads it. */
export interface AuditLog {
  /** @returns The newest entry's number and hash, as the relay has them; `GENESIS` when there is none. */
  head(): Promise<JournalHead>;
  /** @returns Up to `limit` (at most 1,000) entries after `after`, rising, as they were hashed. */
  rows(after: number, limit: number): Promise<JournalRow[]>;
  /** @returns Every seal of this tenant, oldest first. */
  seals(): Promise<JournalSeal[]>;
  /** @returns A page for people. */
  list(query: AuditQuery): Promise<AuditPage>;
}

const ROWS_AT_ONCE = 500;

/**
 * @param log Of the tenant.
 * @param after A number; 0 for all of it.
 * @returns Every later entry, rising, read a page at a time: the whole journal is never in memory.
 */
export async function* rowsAfter(log: AuditLog, after: number): AsyncGenerator<JournalRow> {
  for (let last = after; ; ) {
    const rows = await log.rows(last, ROWS_AT_ONCE);
    yield* rows;
    const next = rows.at(-1)?.seq;
    if (rows.length < ROWS_AT_ONCE || next === undefined) return;
    last = next;
  }
}

/**
 * Checks the journal from its first entry to where it reached when this was asked.
 *
 * @param log Of the tenant.
 * @param keys The public keys the deployment has signed with (hexadecimal).
 */
export async function verifyJournal(log: AuditLog, keys: readonly string[]): Promise<AuditVerdict> {
  const head = await log.head();
  const seals = await log.seals();
  // A seal may be newer than the head that was read first; it is for the next check.
  const newest = await log.head();
  const told = seals.filter(({ seq }) => seq <= head.seq || seq > newest.seq);
  return verifyChain(rowsAfter(log, 0), { from: GENESIS, head, seals: told, keys });
}

/**
 * A page of the auditor's file.
 *
 * @param log Of the tenant.
 * @param after The number of the last entry the file has.
 */
export async function exportPage(log: AuditLog, after: number): Promise<ExportPage> {
  const head = await log.head();
  const rows = (await log.rows(after, ROWS_AT_ONCE)).filter(({ seq }) => seq <= head.seq);
  const last = rows.at(-1)?.seq ?? after;
  const seals = (await log.seals()).filter(({ seq }) => seq > after && seq <= last);
  return { rows, seals, head, next: last < head.seq && rows.length > 0 ? last : null };
}
