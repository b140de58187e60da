import type { AuditVerdict, Flaw, JournalHead, JournalRow, JournalSeal } from "@tessera/contracts";
import { type Bytes, bytesOf, hexOf, utf8 } from "./bytes.ts";
import { isSigned } from "./seal.ts";

/** Where a chain starts: entry 0, whose hash is a single zero byte. */
export const GENESIS: JournalHead = { seq: 0, hash: "00" };

/** What a chain is held to. */
export interface Expected {
  /** Where checking begins: the entry before the first row. */
  from: JournalHead;
  /** Where the chain must end; rows after it are newer than the question and are not looked at. */
  head: JournalHead;
  seals: readonly JournalSeal[];
  /** The public keys that count (hexadecimal). */
  keys: readonly string[];
}

/**
 * Recomputes a chain. Needs nothing but what it is given, so an auditor can do the same elsewhere.
 *
 * @param rows The entries after `from`, rising, exactly as they were hashed.
 * @param expected What they must lead to.
 * @returns Intact, with the number of seals that were checked; or the first entry that is not as it was written.
 */
export async function verifyChain(
  rows: AsyncIterable<JournalRow> | Iterable<JournalRow>,
  { from, head, seals, keys }: Expected,
): Promise<AuditVerdict> {
  const bySeq = new Map<number, JournalSeal[]>();
  for (const seal of seals) bySeq.set(seal.seq, [...(bySeq.get(seal.seq) ?? []), seal]);
  let last = from;

  for await (const row of rows) {
    if (last.seq === head.seq) break;
    const seq = last.seq + 1;
    const flaw = (await flawIn(row, last)) ?? (await flawInSeals(row, bySeq.get(row.seq) ?? [], keys));
    if (flaw) return { kind: "broken", seq, because: flaw };
    last = { seq, hash: row.hash };
  }

  if (last.seq < head.seq) return { kind: "broken", seq: last.seq + 1, because: "gap" };
  if (last.hash !== head.hash) return { kind: "broken", seq: head.seq, because: "head" };
  const beyond = seals.find(({ seq }) => seq > head.seq);
  if (beyond) return { kind: "broken", seq: head.seq + 1, because: "seal" }; // sealed once, and gone since
  return { kind: "intact", upTo: last.seq, seals: seals.filter(({ seq }) => seq > from.seq).length };
}

async function flawIn(row: JournalRow, before: JournalHead): Promise<Flaw | null> {
  if (row.seq !== before.seq + 1) return "gap";
  if (row.prevHash !== before.hash) return "prev_hash";
  return row.hash === (await hashOf(row)) ? null : "hash";
}

async function flawInSeals(row: JournalRow, seals: readonly JournalSeal[], keys: readonly string[]) {
  for (const seal of seals) {
    if (!(await isSigned(seal, keys))) return "signature";
    if (seal.hash !== row.hash || seal.tenantId !== row.tenantId) return "seal";
  }
  return null;
}

/**
 * @param row An entry.
 * @returns What its hash must be: SHA-256 of the hash before and of the entry's text, as `journal_text` in the database
 *   writes it. Empty when the row cannot have been hashed at all.
 */
export async function hashOf(row: JournalRow): Promise<string> {
  const before = bytesOf(row.prevHash);
  if (!before) return "";
  const text = utf8(textOf(row));
  const both: Bytes = new Uint8Array(before.length + text.length);
  both.set(before);
  both.set(text, before.length);
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", both)));
}

const textOf = (row: JournalRow): string =>
  [
    row.tenantId,
    row.seq,
    row.type,
    row.entityId,
    row.entityVersion,
    row.actorId ?? "-",
    row.deviceId ?? "-",
    row.scanId ?? "-",
    row.at,
    row.payload,
  ].join("\x1f");
