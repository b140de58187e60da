import { type Meters, startCpu } from "./cpu.ts";
import { type Measured, median } from "./load.ts";

/** One who takes part in a contest of requests. */
export interface Runner {
  name: string;
  /** So many requests before anything is measured: a server that has just started is several times slower. */
  warmUp: number;
  count: number;
  meters: Meters;
  run(count: number): Promise<Measured>;
}

/** A row of the table: the middle of all rounds. */
export interface Row extends Pick<Measured, "perSecond" | "p50" | "p99"> {
  name: string;
  /** Microseconds of processor time for one request, by process. */
  cpu: Record<string, number>;
}

/**
 * Lets all run in turn, again and again, so that whatever else the machine does falls on all of them alike.
 *
 * @param say Told of each run.
 */
export async function inTurns(runners: readonly Runner[], rounds: number, say: (line: string) => void): Promise<Row[]> {
  for (const { name, warmUp, run } of runners) {
    say(`warming up: ${name}`);
    await run(warmUp);
  }
  const results = new Map<string, Row[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const runner of runners) {
      const row = await measure(runner);
      results.set(runner.name, [...(results.get(runner.name) ?? []), row]);
      say(`round ${round}: ${runner.name}: ${Math.round(row.perSecond)}/s, ${Math.round(row.cpu.server ?? 0)} us`);
    }
  }
  return [...results.values()].map(middleOf);
}

async function measure({ name, count, meters, run }: Runner): Promise<Row> {
  const stopwatch = startCpu(meters);
  const { perSecond, p50, p99 } = await run(count);
  const cpu = Object.fromEntries(Object.entries(stopwatch.stop()).map(([who, us]) => [who, us / count]));
  return { name, perSecond, p50, p99, cpu };
}

function middleOf(rows: readonly Row[]): Row {
  const [first] = rows as [Row];
  const middle = (of: (row: Row) => number) => median(rows.map(of));
  return {
    name: first.name,
    perSecond: middle((row) => row.perSecond),
    p50: middle((row) => row.p50),
    p99: middle((row) => row.p99),
    cpu: Object.fromEntries(Object.keys(first.cpu).map((who) => [who, middle((row) => row.cpu[who] ?? 0)])),
  };
}
