import { parseArgs } from "node:util";
import { median } from "../common/load.ts";
import { machine } from "../common/machine.ts";
import { needOpenFiles } from "../common/open-files.ts";
import { openHouse } from "../common/open-house.ts";
import { writePage } from "../common/page.ts";
import { type Cell, measureCell } from "./cell.ts";
import { contenders } from "./contenders.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "2" },
    seconds: { type: "string", default: "8" },
    // The documents stay as they are with one of these:
    subscribers: { type: "string" },
    only: { type: "string" }, // a part of the names of those who take part
  },
});
const EVERY_MS = 100;
const sizes = values.subscribers ? values.subscribers.split(",").map(Number) : [1_000, 5_000, 10_000];
const seconds = Number(values.seconds);
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- fanout");
needOpenFiles(Math.max(...sizes));

const rounds = Number(values.rounds);
const codes = rounds * sizes.length * (20 + (3 + seconds) * 10 + 60);
const house = await openHouse(adminUrl, codes);
try {
  const all = await contenders(house, Math.max(...sizes));
  const results = new Map<string, Cell[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const subscribers of sizes) {
      for (const contender of all.filter(({ name }) => name.includes(values.only ?? ""))) {
        const cell = await measureCell(contender, { subscribers, everyMs: EVERY_MS, seconds });
        const key = `${cell.name} ${subscribers}`;
        results.set(key, [...(results.get(key) ?? []), cell]);
        console.log(
          `round ${round}: ${cell.name}, ${subscribers}: ${Math.round(cell.deliveredPerSecond)}/s, p99 ${cell.p99.toFixed(0)} ms, ${cell.cpuPerMillion.toFixed(1)} s per 1M, ${cell.rssIdle.toFixed(1)} / ${cell.rssBusy.toFixed(1)} kB each, missed ${cell.missed}`,
        );
      }
    }
  }
  const text = report({ machine: await machine(adminUrl), cells: [...results.values()].map(middleOf), sizes, seconds });
  console.log(`\n${text}`);
  if (!values.subscribers && !values.only) writePage("fanout", text);
} finally {
  await house.close();
}

function middleOf(cells: readonly Cell[]): Cell {
  const [first] = cells as [Cell];
  const middle = (of: (cell: Cell) => number) => median(cells.map(of));
  return {
    name: first.name,
    subscribers: first.subscribers,
    deliveredPerSecond: middle((cell) => cell.deliveredPerSecond),
    share: middle((cell) => cell.share),
    p50: middle((cell) => cell.p50),
    p99: middle((cell) => cell.p99),
    cpuPerMillion: middle((cell) => cell.cpuPerMillion),
    rssIdle: middle((cell) => cell.rssIdle),
    rssBusy: middle((cell) => cell.rssBusy),
    missed: cells.reduce((sum, cell) => sum + cell.missed, 0),
  };
}
