import { atLeast, atMost, ratio, thousands } from "../common/goals.ts";
import { pageOf } from "../common/page.ts";
import type { Cell } from "./contest.ts";
import { CROWD, type CrowdResult } from "./crowd.ts";
import { names } from "./names.ts";

export interface Results {
  machine: readonly string[];
  cells: readonly Cell[];
  crowds: readonly CrowdResult[];
}

/** @returns The page of the documents. */
export function report({ machine, cells, crowds }: Results): string {
  const at = (name: string, callers: number) => cells.find((cell) => cell.name === name && cell.callers === callers);
  const bySpeed = [...new Set(cells.map(({ name }) => name))];

  return pageOf("npm run bench -- redeem", {
    title: "Redemption",
    intro: `All ways took turns in the same run, each on a database that was made anew before it; a cell is the middle of all
rounds. Processor time is that of the whole process, in microseconds for one redemption.`,
    machine,
    body: `## Redeeming codes

Every redemption takes another code of one tenant. Ours do all of the product's work: row security, the scan's row, the
redemption, the check-out, the news and the journal. The naive ways write a redemption and a check-out, past row security.

| way | callers | per second | p50 ms | p99 ms | CPU us by process |
|---|---:|---:|---:|---:|---|
${bySpeed.flatMap((name) => cells.filter((cell) => cell.name === name).map(row)).join("\n")}

## ${CROWD} scans of one code at once

Until the last of them has its answer. Exactly one was let through, each time.

| way | median ms | worst ms |
|---|---:|---:|
${crowds.map((one) => `| ${one.name} | ${one.median.toFixed(1)} | ${one.worst.toFixed(1)} |`).join("\n")}`,
    goals: goals(at, crowds),
  });
}

const row = ({ name, callers, perSecond, p50, p99, cpu }: Cell) =>
  `| ${name} | ${callers} | ${thousands(perSecond)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${Object.entries(cpu)
    .map(([who, us]) => `${who} ${thousands(us)}`)
    .join(", ")} |`;

function goals(at: (name: string, callers: number) => Cell | undefined, crowds: readonly CrowdResult[]): string[] {
  const [stack, stock] = [at(names.stack, 64), at(names.stock, 64)];
  const crowd = (name: string) => crowds.find((one) => one.name === name)?.median;

  return [
    atLeast("whole stack against the stock stack, 64 callers", ratio(stack?.perSecond, stock?.perSecond), 20, "x"),
    atLeast(
      "whole stack against pgbench, 32 callers",
      ratio(at(names.stack, 32)?.perSecond, at(names.pgbench, 32)?.perSecond),
      ...([1, "x"] as const),
    ),
    atMost("p99 of the whole stack against the stock stack's, 64 callers", ratio(stack?.p99, stock?.p99), 0.1, "x"),
    atMost(`${CROWD} scans of one code, one process`, crowd(names.ledger), 3, " ms"),
    atMost(`${CROWD} scans of one code, four processes`, crowd(names.four), 15, " ms"),
    atLeast(
      "embedded, group commit against one at a time",
      ratio(at(names.embedded, 32)?.perSecond, at(names.embeddedSingle, 32)?.perSecond),
      ...([4, "x"] as const),
    ),
  ];
}
