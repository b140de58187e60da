import { checkers, checkRun } from "../../checkers/check-run.ts";
import type { Violation } from "../../checkers/violation.ts";
import { faults } from "../../faults/matrix.ts";
import { type ProgrammeResult, runProgramme } from "../../programme.ts";
import { now } from "../../time.ts";
import { openWorld, type World } from "../../world/world.ts";
import { type Findings, spelled, type Table } from "../report.ts";
import type { Step } from "../run-steps.ts";
import { needServices } from "./need-services.ts";

/** Every few seeds a world is made anew: what one seed left behind is read again with each later one. */
const SEEDS_PER_WORLD = 4;

/** What became of one seed. */
interface Played extends Pick<ProgrammeResult, "figures" | "notes"> {
  seed: number;
  violations: Violation[];
  windows: ReadonlyMap<string, Share>;
}

interface Share {
  times: number;
  calls: number;
  open: number;
}

export interface FaultProgrammeOptions {
  seeds: readonly number[];
  seconds: number;
  clients: number;
  /** More seeds follow until so many attempts were made. */
  atLeast: number;
}

/** After this no further seed is begun, however few attempts were made. */
const LONGEST_MS = 22 * 60_000;

/** @param options A programme of so many seconds for each seed. */
export const faultProgrammeStep = (options: FaultProgrammeOptions): Step => ({
  id: "faults",
  title: "Faults, one after the other, while everybody is scanning",
  asks: "Does every promise hold while processes, databases, locks, links and clocks break and heal?",
  async run(tell) {
    needServices();
    const played: Played[] = [];
    const began = now();
    for (let next = options.seeds[0] ?? 1; isToGoOn(options, played, now() - began); ) {
      const world = await openWorld();
      try {
        for (let seeds = 0; seeds < SEEDS_PER_WORLD && isToGoOn(options, played, now() - began); seeds++) {
          const one = await playSeed(world, next++, options);
          played.push(one);
          tell(progressOf(one));
        }
      } finally {
        await world.close();
      }
    }
    return findingsOf(played, options);
  },
});

function isToGoOn({ seeds, atLeast }: FaultProgrammeOptions, played: readonly Played[], lastedMs: number): boolean {
  const attempts = played.reduce((sum, { figures }) => sum + figures.attempts, 0);
  return played.length < seeds.length || (attempts < atLeast && lastedMs < LONGEST_MS);
}

async function playSeed(world: World, seed: number, { seconds, clients }: FaultProgrammeOptions): Promise<Played> {
  const { run, notes, figures } = await runProgramme(world, { seed, seconds, faults, clients });
  const windows = new Map<string, Share>();
  for (const { fault, from, until } of run.faults) {
    const before = windows.get(fault) ?? { times: 0, calls: 0, open: 0 };
    const during = run.history.entries.filter(({ invoke }) => invoke >= from && invoke < until);
    const open = during.filter(({ type }) => type === "info").length;
    windows.set(fault, { times: before.times + 1, calls: before.calls + during.length, open: before.open + open });
  }
  return { seed, notes, figures, violations: checkRun(run), windows };
}

function progressOf({ seed, figures, notes, violations }: Played): string {
  const broken = violations.length === 0 ? "nothing broken" : `BROKEN: ${violations[0]?.says}`;
  return `seed ${seed}: ${spelled(figures.attempts)} attempts, ${notes.length} faults, ${broken}`;
}

function findingsOf(played: readonly Played[], { atLeast }: FaultProgrammeOptions): Findings {
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0);
  const violations = played.flatMap(({ seed, violations }) => violations.map((one) => ({ seed, ...one })));
  const by = (checker: (typeof checkers)[number]["name"]) => violations.filter((one) => one.checker === checker).length;
  const attempts = sum(({ figures }) => figures.attempts);
  const slowest = Math.max(...played.map(({ figures }) => figures.wellAgainMs ?? Number.POSITIVE_INFINITY));
  const held = `No promise was broken in ${spelled(attempts)} attempts over ${played.length} seeds.`;

  return {
    isKept: violations.length === 0,
    says: violations.length === 0 ? held : `${violations.length} promises were broken; first: ${violations[0]?.says}`,
    figures: [
      { name: "Attempts", value: attempts, isHeadline: true, ...(atLeast > 0 ? { target: { atLeast } } : {}) },
      { name: "Seeds", value: played.length, isHeadline: true },
      {
        name: "Faults brought about",
        value: sum(({ windows }) => [...windows.values()].reduce((n, one) => n + one.times, 0)),
      },
      { name: "Redemptions", value: sum(({ figures }) => figures.redeemed) },
      { name: "Codes used too often", value: by("counter"), target: { atMost: 0 }, isHeadline: true },
      { name: "Yeses that were not kept", value: by("set"), target: { atMost: 0 }, isHeadline: true },
      { name: "Scans with two answers", value: by("stability"), target: { atMost: 0 } },
      {
        name: "Longest until all was well again",
        value: Number.isFinite(slowest) ? slowest : "never",
        unit: "ms",
        target: { atMost: 5_000 },
      },
    ],
    tables: [
      ...(violations.length > 0 ? [brokenTable(violations)] : []),
      checkerTable(violations),
      faultTable(played),
      seedTable(played),
      answerTable(played),
    ],
  };
}

const brokenTable = (violations: readonly (Violation & { seed: number })[]): Table => ({
  caption: "What was broken",
  head: ["Checker", "Seed", "What happened"],
  rows: violations.slice(0, 50).map(({ checker, seed, says }) => [checker, String(seed), says]),
});

const checkerTable = (violations: readonly Violation[]): Table => ({
  caption: "What was looked at, in every seed",
  head: ["Checker", "Promise", "Broken"],
  rows: checkers.map(({ name, says }) => [
    name,
    says,
    String(violations.filter(({ checker }) => checker === name).length),
  ]),
});

function faultTable(played: readonly Played[]): Table {
  const shareOf = (id: string): Share =>
    played.reduce(
      (total, { windows }) => {
        const one = windows.get(id) ?? { times: 0, calls: 0, open: 0 };
        return { times: total.times + one.times, calls: total.calls + one.calls, open: total.open + one.open };
      },
      { times: 0, calls: 0, open: 0 },
    );
  return {
    caption: "The faults, and how many of the calls made meanwhile ended without a decision (and were made again)",
    head: ["Fault", "What breaks", "Times", "Calls", "Undecided"],
    rows: faults.map(({ id, breaks }) => {
      const { times, calls, open } = shareOf(id);
      return [id, breaks, String(times), spelled(calls), calls === 0 ? "" : `${spelled((100 * open) / calls)} %`];
    }),
  };
}

const seedTable = (played: readonly Played[]): Table => ({
  caption: "Each seed",
  head: ["Seed", "Attempts", "Per second", "Redeemed", "Faults", "Well again after", "Broken"],
  rows: played.map(({ seed, figures, windows, violations }) => [
    String(seed),
    spelled(figures.attempts),
    spelled(figures.perSecond),
    spelled(figures.redeemed),
    [...windows.keys()].join(" "),
    figures.wellAgainMs === null ? "never" : `${spelled(figures.wellAgainMs)} ms`,
    String(violations.length),
  ]),
});

function answerTable(played: readonly Played[]): Table {
  const answers = new Map<string, number>();
  for (const { figures } of played) {
    for (const [answer, count] of Object.entries(figures.answers))
      answers.set(answer, (answers.get(answer) ?? 0) + count);
  }
  return {
    caption: "What the clients heard; “info” means undecided",
    head: ["Answer", "Times"],
    rows: [...answers].sort(([, a], [, b]) => b - a).map(([answer, count]) => [answer, spelled(count)]),
  };
}
