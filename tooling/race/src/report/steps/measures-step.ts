import { checkRun } from "../../checkers/check-run.ts";
import { eventLatency } from "../../measure/event-latency.ts";
import { hotCode } from "../../measure/hot-code.ts";
import { postgresKilled } from "../../measure/postgres-killed.ts";
import { redisDead } from "../../measure/redis-dead.ts";
import { timingOracle } from "../../measure/timing-oracle.ts";
import { openWorld, type World } from "../../world/world.ts";
import type { Findings } from "../report.ts";
import type { Step } from "../run-steps.ts";
import { needServices } from "./need-services.ts";

/** A step that has a world of its own: four API processes, three Redis, a PostgreSQL that may be treated badly. */
const inWorld = (named: Omit<Step, "run">, measure: (world: World) => Promise<Findings>): Step => ({
  ...named,
  async run() {
    needServices();
    const world = await openWorld();
    try {
      return await measure(world);
    } finally {
      await world.close();
    }
  },
});

/** @param scans How many desks scan the one code at once. */
export const hotCodeStep = (scans: number): Step =>
  inWorld(
    {
      id: "hot-code",
      title: "One code, everybody at once",
      asks: `Is exactly one of ${scans} simultaneous scans of one code a yes, and do the others hear why not?`,
    },
    async (world) => {
      const { run, ok, alreadyRedeemed, others, wallMs, latency, sentAgain } = await hotCode(world, scans);
      const violations = checkRun(run);
      const isKept = ok === 1 && alreadyRedeemed === scans - 1 && violations.length === 0;
      return {
        isKept,
        says: isKept
          ? `One yes, ${alreadyRedeemed} times “already used”, and the books agree with every answer.`
          : `${ok} yeses, ${alreadyRedeemed} times “already used”, ${others.length} others; ${violations[0]?.says ?? ""}`,
        figures: [
          { name: "Yes", value: ok, target: { atMost: 1 } },
          { name: "Already used", value: alreadyRedeemed, target: { atLeast: scans - 1 } },
          { name: "All were answered after", value: wallMs, unit: "ms", target: { atMost: 1_500 } },
          { name: "An answer, 99 of 100", value: latency.p99, unit: "ms", target: { atMost: 800 } },
          { name: "An answer, in the middle", value: latency.p50, unit: "ms" },
          { name: "Sent again before they were answered", value: sentAgain },
        ],
        tables: [],
      };
    },
  );

export const redisDeadStep: Step = inWorld(
  {
    id: "redis-dead",
    title: "Every Redis is dead",
    asks: "What do people at the desks notice when no lock is to be had?",
  },
  async (world) => {
    const { before, extra, extraInTheEnd, refused, failed } = await redisDead(world);
    const isKept = refused === 0 && failed === 0;
    const first = extra.slice(0, 5);
    return {
      isKept,
      says: isKept
        ? "Every scan of a good code was a yes; the first few waited for the lock, then nobody asked for it any more."
        : `${refused} good codes were refused and ${failed} scans failed.`,
      figures: [
        { name: "Refused or failed", value: refused + failed, target: { atMost: 0 } },
        { name: "A scan before, in the middle", value: before, unit: "ms" },
        { name: "Longest extra wait of the first five", value: Math.max(...first), unit: "ms", target: { atMost: 60 } },
        { name: "Extra wait in the end", value: Math.max(0, extraInTheEnd), unit: "ms", target: { atMost: 5 } },
      ],
      tables: [
        {
          caption: "How much longer each scan took after every Redis was dead, in order",
          head: ["Scan", "Extra"],
          rows: extra.slice(0, 12).map((ms, index) => [String(index + 1), `${ms} ms`]),
        },
      ],
    };
  },
);

/** @param times How often it is crashed. */
export const postgresKilledStep = (times: number): Step =>
  inWorld(
    {
      id: "postgres-killed",
      title: "PostgreSQL crashes under load",
      asks: "How soon is everything well again once it accepts connections?",
    },
    async (world) => {
      const crashes = await postgresKilled(world, times);
      const isKept = crashes.every(({ wellAgainMs }) => wellAgainMs !== null);
      const slowest = Math.max(...crashes.map(({ wellAgainMs }) => wellAgainMs ?? Number.POSITIVE_INFINITY));
      return {
        isKept,
        says: isKept
          ? `After each of ${crashes.length} crashes 99 of 100 calls were answered again, without anybody's hand.`
          : "It did not become well again while we looked.",
        figures: [
          { name: "Crashes", value: crashes.length },
          {
            name: "Longest until well again",
            value: isKept ? slowest : "never",
            unit: "ms",
            target: { atMost: 5_000 },
          },
        ],
        tables: [
          {
            caption: "Each crash",
            head: ["Crash", "Accepts connections after", "Well again after that"],
            rows: crashes.map(({ downMs, wellAgainMs }, index) => [
              String(index + 1),
              `${downMs} ms`,
              wellAgainMs === null ? "never" : `${wellAgainMs} ms`,
            ]),
          },
        ],
      };
    },
  );

/** @param seconds How long it is measured, with Redis and without. */
export const eventLatencyStep = (seconds: number): Step =>
  inWorld(
    {
      id: "news",
      title: "News of a redemption",
      asks: "How soon does every desk hear of a redemption, and does any miss one?",
    },
    async (world) => {
      const both = [
        await eventLatency(world, { withRedis: true, seconds }),
        await eventLatency(world, { withRedis: false, seconds }),
      ];
      const missed = both.reduce((sum, { gaps, doubles }) => sum + gaps + doubles, 0);
      const [alive, dead] = both;
      return {
        isKept: missed === 0,
        says: missed === 0 ? "Every desk heard of every redemption, once." : `${missed} were missed or told twice.`,
        figures: [
          { name: "Missed or told twice", value: missed, target: { atMost: 0 } },
          { name: "With Redis, 99 of 100", value: alive?.sinceAnswer.p99 ?? 0, unit: "ms", target: { atMost: 150 } },
          {
            name: "Without Redis, 99 of 100",
            value: dead?.sinceAnswer.p99 ?? 0,
            unit: "ms",
            target: { atMost: 1_000 },
          },
        ],
        tables: [
          {
            caption: "From the answer at one desk until the others hear of it",
            head: ["Redis", "Redemptions per second", "Told", "Half of them", "99 of 100", "Slowest"],
            rows: both.map(({ withRedis, perSecond, sinceAnswer }) => [
              withRedis ? "alive" : "dead",
              String(perSecond),
              String(sinceAnswer.count),
              `${sinceAnswer.p50} ms`,
              `${sinceAnswer.p99} ms`,
              `${sinceAnswer.max} ms`,
            ]),
          },
        ],
      };
    },
  );

/** @param samples Scans of each kind. */
export const timingOracleStep = (samples: number): Step =>
  inWorld(
    {
      id: "timing",
      title: "What the time of an answer tells",
      asks: "Can a desk tell another tenant's code from one that never was, by the answer or by how long it takes?",
    },
    async (world) => {
      const { foreign, made, likelihood, different } = await timingOracle(world, samples);
      return {
        isKept: different === 0, // times are a hint on a machine that does something else besides: a figure, no verdict
        says: different === 0 ? "The answers are the same, letter for letter." : "The answers differ.",
        figures: [
          { name: "Different answers", value: different, target: { atMost: 0 } },
          { name: "Another tenant's code, in the middle", value: foreign, unit: "ms" },
          { name: "A code that never was, in the middle", value: made, unit: "ms" },
          {
            name: "Likelihood of such times if nothing can be told from them, in thousandths",
            value: Math.round(likelihood * 1_000),
            target: { atLeast: 10 },
          },
        ],
        tables: [],
      };
    },
  );
