import type { FlagKey } from "@tessera/contracts";
import type { FlagHistoryEntry } from "@tessera/contracts/flags";
import type { Tx } from "../database.ts";

const MOST_LISTED = 50;
/** An entry shows no more of a long list than this. */
const MOST_SHOWN = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns From an id to the member's name; what it is called by itself when it is no member's id. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
  const known = [...new Set(ids)].filter((id) => UUID.test(id));
  const members = await tx.member.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** @returns What was changed of a flag, newest first. Lists of ids are cut and say how many they were. */
export async function flagHistory(tx: Tx, key: FlagKey, below?: number): Promise<FlagHistoryEntry[]> {
  const rows = await tx.flagHistory.findMany({
    where: { key, ...(below !== undefined && { revision: { lt: below } }) },
    orderBy: { revision: "desc" },
    take: MOST_LISTED,
  });
  const by = rows.map((row) => row.by);
  const nameOf = await namesOf(tx, by);
  return rows.map(({ revision, at, by, via, because, before, after }) => ({
    key,
    revision: Number(revision),
    at: at.toISOString(),
    by,
    byName: nameOf(by),
    via: via as FlagHistoryEntry["via"],
    because,
    before: short(before) as Record<string, unknown>,
    after: short(after) as Record<string, unknown>,
  }));
}

function short(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length > MOST_SHOWN ? [...value.slice(0, MOST_SHOWN), `… ${value.length} in all`] : value;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, short(inner)]));
}
