import { median } from "../common/load.ts";
import type { Way } from "./way.ts";

/** The middle of all rounds. */
export interface Cell {
  name: string;
  /** Decisions in a second of this process's processor time, all its threads. */
  perCpuSecond: number;
  /** Of the people, for how many it was on: percent. */
  on: number;
}

/**
 * Lets all decide in turn, again and again, so that whatever else the machine does falls on all of them alike.
 *
 * @param people How many there are: all are asked for once before anything is measured.
 */
export async function contest(
  ways: readonly Way[],
  { rounds, people, say }: { rounds: number; people: number; say(line: string): void },
): Promise<Cell[]> {
  const on = new Map<Way, number>();
  for (const way of ways) {
    on.set(way, ((await way.run(people)) / people) * 100);
    await way.run(way.count); // until it is compiled
    say(`warmed up: ${way.name}: on for ${on.get(way)?.toFixed(2)} %`);
  }
  const rates = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const way of ways) rates.get(way)?.push(await measure(way));
    say(`round ${round}: ${ways.map((way) => Math.round(rates.get(way)?.at(-1) ?? 0)).join(" ")} a second`);
  }
  return ways.map((way) => ({
    name: way.name,
    perCpuSecond: median(rates.get(way) ?? []),
    on: on.get(way) ?? Number.NaN,
  }));
}

async function measure({ run, count }: Way): Promise<number> {
  const before = process.cpuUsage();
  await run(count);
  const { user, system } = process.cpuUsage(before);
  return (count / (user + system)) * 1e6;
}
