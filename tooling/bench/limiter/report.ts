import { atMost, ratio, thousands } from "../common/goals.ts";
import { pageOf } from "../common/page.ts";
import type { Cell } from "../flags/contest.ts";

export interface Results {
  machine: readonly string[];
  /** The library's first, then a member's call, then a scan. */
  cells: readonly Cell[];
  callers: number;
}

const microseconds = ({ perCpuSecond }: Cell): number => 1e6 / perCpuSecond;

/** @returns The page of the documents. */
export function report({ machine, cells, callers }: Results): string {
  const [library, call, scan] = cells;
  const against = (cell: Cell | undefined) => ratio(cell && microseconds(cell), library && microseconds(library));
  const lines = cells.map(
    (cell) =>
      `| ${cell.name} | ${thousands(cell.perCpuSecond)} | ${microseconds(cell).toFixed(2)} | ${against(cell)?.toFixed(2) ?? "?"}x |`,
  );
  return pageOf("npm run bench -- limiter", {
    title: "Limiter",
    intro: `All took turns in the same run and process, counting in memory; a row is the middle of all rounds. What is counted is this
process's processor time, its garbage collection included.`,
    machine,
    body: `## What it costs to count a call

${thousands(callers)} callers take turns, and nobody is refused. Ours finds out whose allowances a call uses up, takes one of each, and says what is left
of the one nearest to its end; the library takes one point of one key.

| way | per second of processor time | us each | against the library |
|---|---:|---:|---:|
${lines.join("\n")}`,
    goals: [
      atMost("a member's call", call && microseconds(call), 10, " us"),
      atMost("a desk's scan, three allowances", scan && microseconds(scan), 10, " us"),
    ],
  });
}
