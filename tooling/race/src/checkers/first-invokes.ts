import type { HistoryEntry } from "../history/history.ts";

/** @returns When each scan was sent for the first time, by scan id. */
export function firstInvokes(entries: readonly HistoryEntry[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { op, scan, invoke } of entries) {
    if (op === "redeem") first.set(scan, Math.min(invoke, first.get(scan) ?? Number.POSITIVE_INFINITY));
  }
  return first;
}
