import { atLeast, ratio, thousands } from "../common/goals.ts";
import { pageOf } from "../common/page.ts";
import type { Cell } from "./contest.ts";
import { names } from "./names.ts";
import type { Crowd } from "./people.ts";

export interface Results {
  machine: readonly string[];
  cells: readonly Cell[];
  crowd: Crowd;
}

/** How far a peer's share of "on" may be from the limit's, percent points: each has its own hash. */
const NEAR = 2.5;

/** @throws Error When somebody decides another rule than the limit. */
export function needSameAnswers(cells: readonly Cell[]): void {
  const wanted = cells.find(({ name }) => name === names.limit)?.on;
  if (wanted === undefined) return;
  const exact: string[] = [names.ours, names.oursLong, names.openFeature];
  for (const { name, on } of cells) {
    const far = Math.abs(on - wanted);
    if (far > (exact.includes(name) ? 0 : NEAR))
      throw new Error(`${name} is on for ${on} %, the limit for ${wanted} %`);
  }
}

/** @returns The page of the documents. */
export function report({ machine, cells, crowd }: Results): string {
  const peer = cells.find(({ name }) => name === names.launchDarkly);
  const lines = cells.map(
    ({ name, perCpuSecond, on }) =>
      `| ${name} | ${thousands(perCpuSecond)} | ${(1e6 / perCpuSecond).toFixed(2)} | ${on.toFixed(2)} % | ${ratio(perCpuSecond, peer?.perCpuSecond)?.toFixed(2) ?? "?"}x |`,
  );
  return pageOf("npm run bench -- flags", {
    title: "Flags",
    intro: `All took turns in the same run and process, each with its settings in memory and no network; a row is the middle of
all rounds. What is counted is this process's processor time, its garbage collection included.`,
    machine,
    body: `## One decision

The rule: the tenant is one of ${thousands(crowd.lists.tenants.length)} of a list, and the person one of ${crowd.lists.users.length} of another, or in ${crowd.percentage} % of the people.
${thousands(crowd.people.length)} people ask in turn, half of them of tenants on the list: so few that their ids stay in the processor's cache, as those of
who has just been signed in; with \`--people 20000\` all wait for memory, and the ratios to the peers fall. Ours, the limit and OpenFeature answer
each of them alike; the others have hashes of their own.
Peers are asked for the bare value, which is the least they can do; ours always says why. LaunchDarkly, Flagsmith and
OpenFeature answer with a promise: it is counted, for whoever asks has to wait for it.

| way | per second of processor time | us each | on | against LaunchDarkly |
|---|---:|---:|---:|---:|
${lines.join("\n")}`,
    goals: goals(cells),
  });
}

function goals(cells: readonly Cell[]): string[] {
  const rate = (name: string) => cells.find((cell) => cell.name === name)?.perCpuSecond;
  const against = (one: string, other: string) => ratio(rate(one), rate(other));
  return [
    atLeast("a decision, against LaunchDarkly", against(names.ours, names.launchDarkly), 50, "x"),
    atLeast("the same, with its tenants as a segment", against(names.ours, names.launchDarklySegment), 50, "x"),
    atLeast("a decision, against Unleash", against(names.ours, names.unleash), 250, "x"),
    atLeast("a decision, against the bare limit", against(names.ours, names.limit), 0.5, "x"),
    atLeast("with 10,000 ids on each list, against short lists", against(names.oursLong, names.ours), 0.8, "x"),
  ];
}
