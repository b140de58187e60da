import type { Incident, Ramp } from "@tessera/contracts/flags";
import type { Processes, WatchTasks } from "@tessera/db";
import { Failed } from "@tessera/domain/failed";
import type { BreakerBook } from "@tessera/domain/flags/breaker-book";
import { turnBreakers } from "@tessera/domain/flags/breaker-turn";
import { type RampTools, turnRamps } from "@tessera/domain/flags/ramp-turn";
import type { Exhaustion } from "./exhaustion.ts";
import type { Traffic } from "./traffic.ts";

export interface FlagWatchOptions {
  processes: Processes;
  breakers: BreakerBook;
  ramps: RampTools;
  traffic: Traffic;
  exhaustion: Pick<Exhaustion, "tell">;
  tasks: Pick<WatchTasks, "claim">;
  /** Looks whether a flag was changed by somebody who told nobody. */
  lookAtFlags(): Promise<void>;
  now(): Date;
  /** Whether breakers may trip; else they look, and that is all. */
  breaks: boolean;
  /** Told how many processes serve now, this one included. */
  onBeat(processes: number): void;
  onIncident(incident: Incident): void;
  onRamp(ramp: Ramp): void;
  /** Told of each step that failed; the next round tries again. */
  onTrouble(cause: unknown): void;
}

/** What keeps ramps and breakers going. */
export interface FlagWatch {
  /** One round, now: what this process counted is told, and if it is this process's turn, ramps and breakers are moved. */
  look(): Promise<void>;
  /** Ends the round that is under way, tells what was counted, then stops. */
  stop(): Promise<void>;
}

/** One process in so many milliseconds moves ramps and breakers. */
const TURN_EVERY_MS = 2_000;
const BEAT_EVERY_MS = 4_500;
/** Rounds whose counts wait for a database that is away: about a minute. Older ones are forgotten. */
const MOST_UNTOLD = 40;

/** Nothing of it was written. */
const isUndone = (cause: unknown): boolean => cause instanceof Failed && cause.failure !== "unknown_outcome";

/**
 * @param options Of the deployment.
 * @param everyMs Between two rounds: also the longest that a change of a flag takes which no bus, relay or notification told
 *   of. 0: only when asked.
 */
export function startFlagWatch(options: FlagWatchOptions, everyMs: number): FlagWatch {
  const { processes, breakers, ramps, traffic, exhaustion, tasks, lookAtFlags, now, breaks } = options;
  const { onBeat, onIncident, onRamp, onTrouble } = options;
  const untold: ReturnType<Traffic["take"]>[] = [];
  let looking: Promise<void> | null = null;
  let beatAt = 0;

  async function tellCounts(): Promise<void> {
    const taken = traffic.take();
    if (taken.counts.length > 0) untold.push(taken);
    if (untold.length > MOST_UNTOLD) untold.shift();
    while (untold[0]) {
      const { counts, failures } = untold[0];
      await breakers.count(counts, failures).catch((cause) => {
        if (!isUndone(cause)) untold.shift(); // told twice would be worse than not at all
        throw cause;
      });
      untold.shift();
    }
  }

  async function beat(): Promise<void> {
    if (now().getTime() - beatAt < BEAT_EVERY_MS) return;
    beatAt = now().getTime();
    onBeat(await processes.beat());
    await processes.signalCrashed(now());
  }

  async function turn(): Promise<void> {
    if (!(await tasks.claim("flags", TURN_EVERY_MS, now()))) return;
    if (breaks) await turnBreakers({ breakers, now }, onIncident).catch(onTrouble); // the guards of ramps have their turn too
    await turnRamps(ramps, onRamp);
  }

  async function round(): Promise<void> {
    const tellExhaustion = () => exhaustion.tell(breakers);
    for (const step of [lookAtFlags, tellCounts, tellExhaustion, beat, turn]) {
      await step().catch(onTrouble); // one that fails does not keep the others from their turn
    }
  }

  /** A round that takes long is not overtaken by the next. */
  function look(): Promise<void> {
    looking ??= round().finally(() => {
      looking = null;
    });
    return looking;
  }

  const timer = everyMs > 0 ? setInterval(() => void look(), everyMs) : null;
  timer?.unref();

  return {
    look,
    async stop() {
      if (timer) clearInterval(timer);
      await looking;
      await tellCounts().catch(onTrouble);
      await processes.stop().catch(onTrouble);
    },
  };
}
