import { type Meters, startCpu } from "../common/cpu.ts";
import { load, type Measured, median } from "../common/load.ts";
import type { House } from "./house.ts";
import type { Way } from "./way.ts";

/** A way in the contest: what it runs on, and how much of it is asked. */
export interface Entry {
  name: string;
  house: House;
  /** How many redemptions for how many callers. */
  runs: ReadonlyMap<number, number>;
  /** So many before anything is measured: a server that has just started is several times slower. */
  warmUp: number;
  meters: Meters;
  /** Over a house that has just been refilled. */
  run(count: number, callers: number): Promise<Measured>;
  by?: "number";
}

/** One cell of the table: the middle of all rounds. */
export interface Cell {
  name: string;
  callers: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Microseconds of processor time for one redemption, by process. */
  cpu: Record<string, number>;
}

/** @returns How a `Way` redeems fresh codes, each once; a code that is not redeemed ends the bench. */
export const freshCodes = (way: Way, house: House) => (count: number, callers: number) =>
  load(count, callers, async (turn, caller) => {
    const code = house.codes[turn];
    const told = code ? await way.redeem(code, caller) : "no such code";
    if (told !== "redeemed") throw new Error(`code ${turn} was not redeemed: ${told}`);
  });

/**
 * Runs every entry for every number of callers, one after the other and all of it again, so that whatever else the machine
 * does falls on all of them alike.
 *
 * @param entries What is compared.
 * @param rounds How often.
 * @param say Told of each run.
 */
export async function contest(entries: readonly Entry[], rounds: number, say: (line: string) => void): Promise<Cell[]> {
  for (const { name, house, warmUp, run, by } of entries) {
    if (warmUp === 0) continue;
    say(`warming up: ${name}`);
    await house.refill(warmUp, by);
    await run(warmUp, Math.min(warmUp, 32));
  }

  const results = new Map<string, Cell[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const callers of [...new Set(entries.flatMap(({ runs }) => [...runs.keys()]))]) {
      for (const entry of entries) {
        const count = entry.runs.get(callers);
        if (!count) continue;
        const cell = await measure(entry, count, callers);
        const key = `${entry.name} ${callers}`;
        results.set(key, [...(results.get(key) ?? []), cell]);
        say(`round ${round}: ${entry.name}, ${callers} callers: ${Math.round(cell.perSecond)}/s`);
      }
    }
  }
  return [...results.values()].map(middleOf);
}

async function measure({ name, house, meters, run, by }: Entry, count: number, callers: number): Promise<Cell> {
  await house.refill(count, by);
  const stopwatch = startCpu(meters);
  const { perSecond, p50, p99, count: done } = await run(count, callers);
  const cpu = Object.fromEntries(Object.entries(stopwatch.stop()).map(([who, us]) => [who, us / done]));
  return { name, callers, perSecond, p50, p99, cpu };
}

function middleOf(cells: readonly Cell[]): Cell {
  const [first] = cells as [Cell];
  const middle = (of: (cell: Cell) => number) => median(cells.map(of));
  const who = Object.keys(first.cpu);
  return {
    name: first.name,
    callers: first.callers,
    perSecond: middle((cell) => cell.perSecond),
    p50: middle((cell) => cell.p50),
    p99: middle((cell) => cell.p99),
    cpu: Object.fromEntries(who.map((name) => [name, middle((cell) => cell.cpu[name] ?? 0)])),
  };
}
