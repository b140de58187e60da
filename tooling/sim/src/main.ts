import { parseArgs } from "node:util";
import { invariants } from "./referee/violation.ts";
import { runSeeds, type SimReport } from "./run-seeds.ts";
import { runWorld } from "./run-world.ts";
import { neverReached, sometimes } from "./sometimes.ts";
import { honest } from "./world/habits.ts";

const USAGE = `npm run sim                     20,000 seeds, from 1
npm run sim -- --count 500      so many
npm run sim -- --from 7000      from another seed on
npm run sim -- --seed 42        one world, twice, with its last 50 events`;

/** Fewer seeds than this need not reach everything. */
const ENOUGH_TO_REACH_ALL = 10_000;

const number = (value: number): string => Math.round(value).toLocaleString("en");

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    from: { type: "string", default: "1" },
    count: { type: "string", default: "20000" },
    help: { type: "boolean", short: "h" },
  },
});

if (values.help) console.log(USAGE);
else if (values.seed !== undefined) process.exitCode = await replay(whole(values.seed));
else process.exitCode = await runMany(whole(values.from), whole(values.count));

/** @throws RangeError For what no seed and no number of worlds can be. */
function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`"${text}" is not a whole number of at most nine digits`);
  return Number(text);
}

async function runMany(from: number, count: number): Promise<number> {
  return tell(await runSeeds(from, count, progress(count)));
}

/** @returns A line now and then: every tenth of the way, so that a log stays short. */
function progress(all: number): (soFar: SimReport) => void {
  const every = Math.ceil(all / 10);
  let next = every;
  return ({ count, seconds, failed }) => {
    if (count < next) return;
    next = count + every;
    console.log(`${number(count)} worlds, ${number(count / seconds)} a second, ${number(failed)} broke a promise`);
  };
}

async function replay(seed: number): Promise<number> {
  const [first, second] = [await runWorld(seed, honest, 10), await runWorld(seed)];
  console.log(`seed ${seed}: ${first.steps} steps, ${first.scans} scans, trace ${first.hash}`);
  if (first.hash !== second.hash) {
    console.log(`The second run went another way: trace ${second.hash}.`);
    return 1;
  }
  if (!first.failure) {
    console.log("No promise was broken.");
    return 0;
  }
  const { last, step, what } = first.failure;
  console.log(`${last.join("\n")}\n\nstep ${step}: ${what}`);
  return 1;
}

function tell({ from, count, steps, scans, seconds, reached, failures, failed }: SimReport): number {
  console.log(
    `\n${number(count)} worlds from seed ${from}, ${number(scans)} scans, ${number(steps)} steps in ${seconds.toFixed(1)} s: ${number(count / seconds)} worlds a second`,
  );
  console.log(`Looked at after every commit, every answer and at rest: ${invariants.join(", ")}`);
  console.log(`\nworlds that came to …`);
  for (const what of sometimes) console.log(`${number(reached[what] ?? 0).padStart(8)}  ${what}`);

  for (const { seed, step, what } of failures)
    console.log(`\nseed ${seed}, step ${step}: ${what}\n  npm run sim -- --seed ${seed}`);
  const missing = count < ENOUGH_TO_REACH_ALL ? [] : neverReached(reached);
  if (missing.length > 0) console.log(`\nNo world came to: ${missing.join(", ")}. The worlds are drawn too tamely.`);
  console.log(`\n${number(failed)} of ${number(count)} worlds broke a promise`);
  return failed > 0 || missing.length > 0 ? 1 : 0;
}
