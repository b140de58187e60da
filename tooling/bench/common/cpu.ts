import { readdirSync, readFileSync } from "node:fs";

/** A clock tick of /proc on every Linux that Node runs on, microseconds. */
const TICK_US = 10_000;
const LOOK_EVERY_MS = 50;

/** Whose processor time is counted, each with how to find its processes. */
export type Meters = Record<string, (process: { pid: number; command: string }) => boolean>;

/** Processor time that is being counted. */
export interface Stopwatch {
  /** @returns Microseconds since the start, by name; what /proc does not tell is left out. */
  stop(): Record<string, number>;
}

/** The process itself, with its threads. */
const OWN = "bench";

/**
 * Counts processor time of this process and of others on the same machine. Others are looked for again and again, so that
 * one that came and went is counted too, nearly to its end.
 *
 * @param meters Names and how to know them by their command line.
 */
export function startCpu(meters: Meters): Stopwatch {
  const own = process.cpuUsage();
  const seen = new Map<number, { meter: string; first: number; last: number }>();
  /** How often a process was looked at in vain: twice is enough, for it may be named only after its birth. */
  const strangers = new Map<number, number>();

  function meterOf(pid: number): string | undefined {
    const looks = strangers.get(pid) ?? 0;
    if (looks > 1) return undefined;
    const command = textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    const meter = Object.keys(meters).find((name) => meters[name]?.({ pid, command }));
    if (meter === undefined) strangers.set(pid, looks + 1);
    return meter;
  }

  function look(isStart: boolean): void {
    for (const pid of processes()) {
      const known = seen.get(pid);
      const meter = known?.meter ?? meterOf(pid);
      const used = meter === undefined ? null : usedBy(pid);
      if (meter === undefined || used === null) continue;
      if (known) known.last = used;
      else seen.set(pid, { meter, first: isStart ? used : 0, last: used }); // a newcomer counts from its birth
    }
  }

  look(true);
  const timer = setInterval(() => look(false), LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look(false);
      const { user, system } = process.cpuUsage(own);
      const used: Record<string, number> = { [OWN]: user + system };
      for (const { meter, first, last } of seen.values()) used[meter] = (used[meter] ?? 0) + last - first;
      return used;
    },
  };
}

function processes(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return []; // not a Linux: only our own time is known
  }
}

/** User and system time of a process, microseconds; null when it is gone. */
function usedBy(pid: number): number | null {
  const fields = textOf(`/proc/${pid}/stat`).split(") ")[1]?.split(" ");
  return fields ? (Number(fields[11]) + Number(fields[12])) * TICK_US : null;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
