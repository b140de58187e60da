import { type Chance, chanceOf } from "./chance.ts";
import type { Fault } from "./faults/fault.ts";
import type { FaultWindow, HistoryEntry } from "./history/history.ts";
import type { Run } from "./history/run.ts";
import { now, pause, until } from "./time.ts";
import { startWorkload, type WorkloadOptions } from "./workload/clients.ts";
import { journalHead, untilOutboxIsEmpty } from "./workload/journal-head.ts";
import { readRecords } from "./workload/read-records.ts";
import { type LiveSubscriber, subscribe } from "./workload/subscriber.ts";
import type { World } from "./world/world.ts";

export interface ProgrammeOptions extends WorkloadOptions {
  /** The same seed draws the same faults and the same work; the machine's own timing stays its own. */
  seed: number;
  /**
   * How long faults are brought about, one after the other, drawn by chance, but never fewer than `FEWEST`; or `each_once`:
   * every fault in its turn. What is under way is finished, and the quiet after it is waited for.
   */
  seconds: number | "each_once";
  /** With none, it is the work alone. */
  faults: readonly Fault[];
  /** Told of each note as it comes. */
  onNote?(note: Note): void;
}

/** What happened, as people read it. */
export interface Note {
  /** Milliseconds since the programme began. */
  at: number;
  fault: string;
  says: string;
}

export interface ProgrammeResult {
  run: Run;
  notes: readonly Note[];
  figures: {
    attempts: number;
    /** By type; `info` by its reason. */
    answers: Readonly<Record<string, number>>;
    redeemed: number;
    /** Milliseconds after the last fault was healed, from which on 99 of 100 attempts were answered; null: never. */
    wellAgainMs: number | null;
    perSecond: number;
  };
}

/** A machine on which one fault takes all the time it was given still plays a programme, and not a single fault. */
const FEWEST = 3;
/** After the faults: long enough to see that it is well again five seconds later. */
const GOES_ON_MS = 6_500;
/** A client whose server was away for long asks again after up to 30 s. */
const LISTENS_AGAIN_MS = 40_000;
/** Between two faults, so that what one broke is seen to heal. */
const REST_MS = { from: 300, to: 1_500 };

/**
 * Plays one programme on a world: work all the time, faults one after the other, then quiet, then what the books say.
 *
 * @throws Error When something cannot be healed: an API process that does not come back, a relay that never ends.
 */
export async function runProgramme(
  world: World,
  { seed, seconds, faults, onNote, ...options }: ProgrammeOptions,
): Promise<ProgrammeResult> {
  const chance = chanceOf(seed);
  const began = now();
  const notes: Note[] = [];
  const windows: FaultWindow[] = [];
  const subscribers = await Promise.all(world.tenants.map((tenant, index) => listenTo(world, tenant.id, index)));
  const workload = await startWorkload(world, chance.child(), options);

  for (const fault of drawn(faults, seconds, chance)) {
    const from = now();
    await fault.inject(world, chance.child(), (says) => {
      const note = { at: Math.round(now() - began), fault: fault.id, says };
      notes.push(note);
      onNote?.(note);
    });
    windows.push({ fault: fault.id, from, until: now() });
    await pause(chance.between(REST_MS.from, REST_MS.to));
  }
  if (faults.length === 0 && seconds !== "each_once") await pause(seconds * 1_000);

  const healedAt = windows.at(-1)?.until ?? now();
  if (windows.length > 0) await pause(healedAt + GOES_ON_MS - now());
  const busyUntil = now();
  await workload.finish();
  await untilQuiet(world, subscribers);
  for (const one of subscribers) one.stop();

  const run: Run = {
    history: { entries: workload.entries, codes: workload.codes },
    records: await readRecords(world),
    subscribers: subscribers.map((one) => one.heard()),
    devices: [],
    faults: windows,
    healedAt: windows.length > 0 ? healedAt : null,
  };
  return { run, notes, figures: figuresOf(workload.entries, healedAt, busyUntil - began) };
}

/** Ends when the time is over and `FEWEST` were drawn, or when each has had its turn. */
function* drawn(faults: readonly Fault[], seconds: ProgrammeOptions["seconds"], chance: Chance): Generator<Fault> {
  if (seconds === "each_once") return yield* faults;
  const end = now() + seconds * 1_000;
  for (let played = 0; faults.length > 0 && (played < FEWEST || now() < end); played++) yield chance.pick(faults);
}

/** One per tenant, at different processes. It hears everything from now on. */
async function listenTo(world: World, tenant: string, index: number): Promise<LiveSubscriber> {
  const desk = world.tenants.find(({ id }) => id === tenant)?.desks[index % world.nodes.length];
  if (!desk) throw new Error(`nobody can listen to tenant ${tenant}`);
  const after = await journalHead(world, tenant);
  return subscribe(desk, { name: `desk of tenant ${index} at api ${index}`, tenant, after });
}

/** Everything is numbered, and every subscriber has heard of it. */
async function untilQuiet(world: World, subscribers: readonly LiveSubscriber[]): Promise<void> {
  await untilOutboxIsEmpty(world);
  // A subscriber that never gets there is the checkers' business: they say what it missed.
  await until(
    "every subscriber is up to date",
    async () => {
      const heads = await Promise.all(subscribers.map((one) => journalHead(world, one.heard().tenant)));
      return subscribers.every((one, index) => one.head() >= (heads[index] ?? 0));
    },
    { patienceMs: LISTENS_AGAIN_MS, everyMs: 50 },
  ).catch(() => {});
  await pause(300); // the view of the shelf comes over a subscription of its own
}

function figuresOf(entries: readonly HistoryEntry[], healedAt: number, lastedMs: number): ProgrammeResult["figures"] {
  const answers: Record<string, number> = {};
  for (const { type, reason } of entries) {
    const answer = reason === null ? type : `${type}: ${reason}`;
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  const redeemed = new Set(entries.filter(({ op, type }) => op === "redeem" && type === "ok").map(({ scan }) => scan));
  return {
    attempts: entries.length,
    answers,
    redeemed: redeemed.size,
    wellAgainMs: wellAgainAfter(entries, healedAt),
    perSecond: Math.round((entries.length / lastedMs) * 1_000),
  };
}

/** @returns How long after a moment it took until, from then on, 99 of 100 attempts that began were answered. */
export function wellAgainAfter(entries: readonly HistoryEntry[], moment: number): number | null {
  const later = entries.filter(({ invoke }) => invoke >= moment).toSorted((a, b) => b.invoke - a.invoke);
  let seen = 0;
  let open = 0;
  let wellSince: number | null = null;
  for (const { invoke, type } of later) {
    seen++;
    if (type === "info") open++;
    if (open <= seen / 100) wellSince = invoke;
  }
  return wellSince === null ? null : Math.round(wellSince - moment);
}
