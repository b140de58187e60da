import { atLeast, atMost, ratio, thousands } from "../common/goals.ts";
import { pageOf } from "../common/page.ts";
import type { Cell } from "./cell.ts";
import { names } from "./names.ts";

export interface Results {
  machine: readonly string[];
  cells: readonly Cell[];
  sizes: readonly number[];
  seconds: number;
}

/** @returns The page of the documents. */
export function report({ machine, cells, sizes, seconds }: Results): string {
  const most = Math.max(...sizes);
  const at = (name: string) => cells.find((cell) => cell.name === name && cell.subscribers === most);
  const [ours, stock, socketIo] = [at(names.ours), at(names.stock), at(names.socketIo)];
  const against = (other?: Cell) => ratio(other?.cpuPerMillion, ours?.cpuPerMillion);
  const missed = ours && cells.filter(({ name }) => name === names.ours).reduce((sum, cell) => sum + cell.missed, 0);

  return pageOf("npm run bench -- fanout", {
    title: "Fan-out",
    intro: `Ten pieces of news a second to everybody, for ${seconds} seconds after three that are not counted, from one process that was just
started; all took turns, and a row is the middle of all rounds. One other process holds the clients, with the same few lines on
a TCP socket for every server. Delays are from the moment at which the news is asked for: for the product that is a scan sent
to it, so they include the redemption, its commit and the journal; the peers only pass on what they are sent. The letters of
a piece of news are the same for all. Processor time is the server's (the database has its own).`,
    machine,
    body: sizes.map((size) => table(size, cells)).join("\n\n"),
    goals: [
      atLeast(`processor time for a delivery, tRPC's against ours, ${thousands(most)}`, against(stock), 6, "x"),
      atLeast(
        `processor time for a delivery, Socket.IO 4.8's against ours, ${thousands(most)}`,
        against(socketIo),
        2,
        "x",
      ),
      atLeast(`${thousands(most)} subscribers, delivered in time`, ours && ours.share * 100, 99, " %"),
      atMost(`${thousands(most)} subscribers, p99`, ours?.p99, 100, " ms"),
      atMost(`${thousands(most)} subscribers, memory of each when all are there`, ours?.rssIdle, 15, " kB"),
      atMost(`${thousands(most)} subscribers, memory of each while they are told`, ours?.rssBusy, 15, " kB"),
      atMost("numbers that a subscriber of ours missed, over all", missed, 0, ""),
    ],
  });
}

const table = (size: number, cells: readonly Cell[]) => `## ${thousands(size)} subscribers

| server | delivered per second | in time | p50 ms | p99 ms | CPU s per 1M deliveries | kB each, idle | kB each, busy |
|---|---:|---:|---:|---:|---:|---:|---:|
${cells
  .filter(({ subscribers }) => subscribers === size)
  .map(row)
  .join("\n")}`;

const row = ({ name, deliveredPerSecond, share, p50, p99, cpuPerMillion, rssIdle, rssBusy }: Cell) =>
  `| ${name} | ${thousands(deliveredPerSecond)} | ${(share * 100).toFixed(0)} % | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpuPerMillion.toFixed(1)} | ${rssIdle.toFixed(1)} | ${rssBusy.toFixed(1)} |`;
