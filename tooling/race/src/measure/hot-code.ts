import { newScanId } from "@tessera/sdk/node";
import type { HistoryEntry } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { now } from "../time.ts";
import { readRecords } from "../workload/read-records.ts";
import { sendScan } from "../workload/send-scan.ts";
import type { World } from "../world/world.ts";
import { freshCode } from "./fresh-codes.ts";
import { type Spread, spreadOf } from "./quantile.ts";

/** One code, and everybody scans it at once. */
export interface HotCode {
  scans: number;
  processes: number;
  /** From the first sending to the last answer, milliseconds. */
  wallMs: number;
  ok: number;
  alreadyRedeemed: number;
  /** Any other answer, with its reason. */
  others: readonly string[];
  /** How often a scan had to be sent again before it was answered. */
  sentAgain: number;
  /** Why, by failure. */
  undecided: Readonly<Record<string, number>>;
  /** From the first sending of a scan to its answer. */
  latency: Spread;
  /** For the checkers. */
  run: Run;
}

const TRIES = 10;
/** They all come at once, so the last of them waits for all the others. Asking again would only add to the crowd. */
const PATIENCE_MS = 60_000;

/**
 * A crowd of the same size scans another code first: servers that were up for a moment are what is measured, not how they
 * start.
 *
 * @param scans How many desks scan it, each with a scan of its own, spread evenly over the API processes.
 */
export async function hotCode(world: World, scans = 1_000): Promise<HotCode> {
  await crowd(world, scans);
  return crowd(world, scans);
}

async function crowd(world: World, scans: number): Promise<HotCode> {
  const code = await freshCode(world);
  const entries: HistoryEntry[] = [];

  async function untilAnswered(index: number): Promise<number> {
    const scan = newScanId();
    const began = now();
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const node = index % world.nodes.length;
      const entry = await sendScan(world, { code, scan, attempt, node, patienceMs: PATIENCE_MS });
      entries.push(entry);
      if (entry.type !== "info") break;
    }
    return now() - began;
  }

  const began = now();
  const latencies = await Promise.all(Array.from({ length: scans }, (_, index) => untilAnswered(index)));
  const wallMs = Math.round(now() - began);

  const last = [...new Map(entries.map((entry) => [entry.scan, entry])).values()];
  const ok = last.filter(({ type }) => type === "ok").length;
  const alreadyRedeemed = last.filter(({ reason }) => reason === "already_redeemed").length;
  const others = last
    .map(({ reason }) => reason ?? "")
    .filter((reason) => reason !== "" && reason !== "already_redeemed");
  return {
    scans,
    processes: world.nodes.length,
    wallMs,
    ok,
    alreadyRedeemed,
    others,
    sentAgain: entries.length - scans,
    undecided: countsOf(entries.flatMap(({ type, reason }) => (type === "info" ? [reason ?? ""] : []))),
    latency: spreadOf(latencies),
    run: {
      history: { entries, codes: new Map([[code.id, code]]) },
      records: await readRecords(world),
      subscribers: [],
      devices: [],
      faults: [],
      healedAt: null,
    },
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
