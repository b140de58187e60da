import { createHash } from "node:crypto";
import { groupBy } from "../history/history.ts";
import type { JournalRecord, Records } from "../history/records.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("journal chain");

/** What comes before the first entry: one zero byte. */
const BEGINNING = "00";
const SEPARATOR = "\x1f";

/** The event with which each decision is told. */
const DECISIONS = new Set(["code.redeemed", "code.refused", "code.conflict"]);

/**
 * The journal is whole: numbered 1, 2, 3, each entry's hash made from its own letters and the one before; and each decision
 * has its entry. Written again from the protocol, so that it does not lean on the product's own verification.
 */
export function checkJournalChain({ records }: { records: Records }): Violation[] {
  return [
    ...[...groupBy(records.journal, ({ tenant }) => tenant)].flatMap(([tenant, rows]) =>
      brokenChain(tenant, rows, records),
    ),
    ...decisionsWithoutEntry(records),
  ];
}

/** @returns The first break of a tenant's chain; what comes after it proves nothing. */
function brokenChain(tenant: string, rows: readonly JournalRecord[], { heads }: Records): Violation[] {
  let before = BEGINNING;
  for (const [index, row] of rows.entries()) {
    const where = `entry ${row.seq} of tenant ${tenant} (${row.type} of ${row.entity})`;
    if (row.seq !== index + 1) return [violation("I12", `In place of entry ${index + 1} stands ${where}.`)];
    if (row.prevHash !== before) return [violation("I12", `The chain breaks before ${where}.`)];
    if (row.hash !== hashOf(row)) return [violation("I12", `The chain breaks at ${where}: it was changed.`)];
    before = row.hash;
  }
  const head = heads.get(tenant);
  if (head && head.seq === rows.length && head.hash === before) return [];
  const ends = `ends with ${rows.length} entries, the relay's head says ${head?.seq ?? "nothing"}`;
  return [violation("I12", `The journal of tenant ${tenant} ${ends}.`)];
}

/** SHA-256 over the hash before and the entry's fields, in the order and spelling that the relay writes them. */
export function hashOf(row: Omit<JournalRecord, "hash">): string {
  const { tenant, seq, type, entity, entityVersion, actor, device, scan, at, payload } = row;
  const fields = [tenant, seq, type, entity, entityVersion, actor ?? "-", device ?? "-", scan ?? "-", at, payload];
  return createHash("sha256").update(Buffer.from(row.prevHash, "hex")).update(fields.join(SEPARATOR)).digest("hex");
}

function decisionsWithoutEntry({ scans, journal, outbox }: Records): Violation[] {
  const told = groupBy(
    [...journal, ...outbox].filter(({ type }) => DECISIONS.has(type)),
    ({ scan }) => scan ?? "",
  );
  return scans.flatMap(({ scan, outcome, reason }) => {
    const entries = told.get(scan)?.length ?? 0;
    if (entries === 1 || reason === "withdrawn") return []; // a scan that was taken back decided nothing
    return [violation("I12", `The decision on scan ${scan} (${reason ?? outcome}) has ${entries} entries, not one.`)];
  });
}
