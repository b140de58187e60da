import { atLeast, atMost, ratio, thousands } from "../common/goals.ts";
import { pageOf } from "../common/page.ts";
import { names } from "../fanout/names.ts";
import type { AtOnce } from "./at-once.ts";
import type { OneDies } from "./one-dies.ts";

export interface Results {
  machine: readonly string[];
  crowd: number;
  met: readonly AtOnce[];
  died: OneDies;
}

/** @returns The page of the documents. */
export function report({ machine, crowd, met, died }: Results): string {
  const perSecond = (name: string) => met.find((one) => one.name === name)?.perSecond;
  const cpu = (name: string) => met.find((one) => one.name === name)?.cpuUs;
  const lost = Object.entries(died.books.lost).map(([why, count]) => `${thousands(count)} ${why}`);

  return pageOf("npm run bench -- storm", {
    title: "Storm",
    intro: `Everybody comes at the same moment. Clients are the same few lines on a TCP socket for every server, in one process of
their own; the product's say who they are, as desks do, and are looked up in the database.`,
    machine,
    body: `## ${thousands(crowd)} connections at once, each with a subscription

From the first connect to the moment at which the last one was told that it is subscribed. All took turns with one server each,
which had met such a crowd once before.

| server | connections per second | all after ms | CPU us for each |
|---|---:|---:|---:|
${met.map((one) => `| ${one.name} | ${thousands(one.perSecond)} | ${thousands(one.ms)} | ${thousands(one.cpuUs)} |`).join("\n")}

## ${thousands(died.subscribers)} subscribers of ${died.processes} processes, and one is killed

News comes all the time. Who is thrown out waits as the SDK does (a random time up to 0.5 s, 1 s, 2 s … 30 s), then comes to any of
the ${died.processes} addresses, and asks for what it missed. Where nobody listens any more it goes to another at once, as whatever
shares the load out would send it.

| | |
|---|---:|
| thrown out | ${thousands(died.thrownOut)} |
| sockets that were lost or could not be had | ${lost.join(", ") || "none"} |
| p99 before, ms | ${died.before.p99.toFixed(0)} |
| the longest that anybody was away, s | ${(died.books.longestAwayMs / 1_000).toFixed(1)} |
| pieces of news in all | ${thousands(died.books.published)} |
| numbers missed, heard twice | ${died.books.missed}, ${died.books.twice} |`,
    goals: [
      atLeast(
        `${thousands(crowd)} connections at once, against tRPC's ws adapter`,
        ratio(perSecond(names.ours), perSecond(names.stock)),
        ...([1.5, "x"] as const),
      ),
      atLeast(
        `${thousands(crowd)} connections at once, processor time for each, tRPC's against ours`,
        ratio(cpu(names.stock), cpu(names.ours)),
        ...([1.5, "x"] as const),
      ),
      atMost("one process killed, all back and up to date", died.allBackMs / 1_000, 30, " s"),
      atMost("one process killed, still out", died.subscribers - died.books.in, 0, ""),
      atMost("one process killed, numbers that anybody missed", died.books.missed, 0, ""),
    ],
  });
}
