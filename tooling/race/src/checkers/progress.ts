import type { FaultWindow, HistoryEntry } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("progress");

/** How long things may take to be well again once the last fault is over, milliseconds. */
export const WELL_WITHIN_MS = 5_000;
const WELL = 0.99;

/** The largest share of calls that may end without a decision while a fault is on; 1 when it says nothing. */
export type InfoBudgets = Readonly<Record<string, number>>;

/**
 * Faults end: five seconds after the last one at least 99 of 100 calls are decided. And while one is on, no more calls end
 * undecided than that fault can justify.
 *
 * @param budgets By fault, 0 to 1; a fault that is not named may leave all calls undecided.
 */
export function checkProgress(
  { history, faults, healedAt }: Pick<Run, "history" | "faults" | "healedAt">,
  budgets: InfoBudgets = {},
): Violation[] {
  const calls = history.entries.filter(({ op }) => op !== "read");
  return [
    ...faults.flatMap((window) => overBudget(calls, window, budgets[window.fault] ?? 1)),
    ...(healedAt === null ? [] : notWellAgain(calls, healedAt)),
  ];
}

function overBudget(calls: readonly HistoryEntry[], { fault, from, until }: FaultWindow, budget: number): Violation[] {
  const during = calls.filter((entry) => entry.invoke < until && entry.return > from);
  const open = during.filter(({ type }) => type === "info").length;
  if (open <= during.length * budget) return [];
  const share = `${open} of ${during.length} calls ended undecided`;
  return [violation("I14", `Under ${fault} ${share}; ${percent(budget)} would be in order.`)];
}

function notWellAgain(calls: readonly HistoryEntry[], healedAt: number): Violation[] {
  const later = calls.filter(({ invoke }) => invoke >= healedAt + WELL_WITHIN_MS);
  if (later.length === 0) return [violation("I14", "Nothing was asked after the faults were over: nothing is proven.")];
  const open = later.filter(({ type }) => type === "info");
  if (open.length <= later.length * (1 - WELL)) return [];
  const reasons = [...new Set(open.map(({ reason }) => reason))].join(", ");
  const share = `${open.length} of ${later.length} calls were still undecided (${reasons})`;
  return [violation("I14", `More than ${WELL_WITHIN_MS / 1_000} s after the faults were over ${share}.`)];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
