import type { FlagKey } from "@tessera/contracts";
import {
  type FlagSetting,
  isSameSetting,
  type MoveRamp,
  type Ramp,
  type RampChange,
  type RampReach,
  type Traffic,
} from "@tessera/contracts/flags";
import { eachInTurn } from "./each-in-turn.ts";
import type { FlagActor, FlagBook } from "./flag-book.ts";
import { afterMove, moveRamp, nextMove } from "./ramp.ts";
import type { RampBook } from "./ramp-book.ts";
import { type PlacedRamp, paused } from "./ramp-places.ts";
import { settingsFor } from "./reach.ts";

/** What ramps are moved with. */
export interface RampTools {
  ramps: RampBook;
  book: FlagBook;
  /** Calls of those a flag is on for, since. */
  exposed(key: FlagKey, from: Date): Promise<Traffic>;
  now(): Date;
}

const BY_RAMP: FlagActor = { id: "ramp", via: "ramp" };

interface Who {
  by: FlagActor;
  because: string;
}

/** A ramp and its flag, as they were read. */
interface Ramped {
  ramp: Ramp;
  setting: FlagSetting;
  /** Ids of members in the order of their places; empty where no step is for a cohort. */
  cohort: readonly string[];
}

async function cohortOf(ramps: RampBook, { key, steps }: Ramp): Promise<readonly string[]> {
  return steps.some(({ reach }) => reach.kind === "cohort") ? ramps.memberIds(key) : [];
}

/**
 * Lets a flag be for whom a reach says. Doing it again changes nothing.
 *
 * @returns False when it was refused.
 */
async function publish(book: FlagBook, { setting, cohort }: Ramped, reach: RampReach | "nobody", who: Who) {
  const wanted = settingsFor(setting, reach, cohort);
  if (holds(setting, wanted)) return true;
  const { key, revision } = setting;
  const change = await book.save({ key, revision, set: wanted, because: who.because }, who.by, true);
  return change.kind === "changed";
}

/** Whether a flag is set so already. */
const holds = (setting: FlagSetting, wanted: Partial<FlagSetting>): boolean =>
  Object.entries(wanted).every(([name, value]) => isSameSetting(setting[name as keyof FlagSetting], value));

/**
 * Carries out a move of a ramp. A flag is switched off before that is written down, and set otherwise after it: a crash in
 * between leaves nobody in, or those of before, and the next turn makes up for it.
 */
async function carryOut({ ramps, book }: RampTools, was: Ramped, to: PlacedRamp, who: Who): Promise<boolean> {
  const { ramp: next, publish: reach } = to;
  if (reach === "nobody" && !(await publish(book, was, reach, who))) return false;
  const saved = await ramps.save(next, was.ramp.version);
  if (saved && reach !== null && reach !== "nobody") await publish(book, was, reach, who);
  return saved;
}

/**
 * Every flag as it is set. Read before the ramps: who switches a flag off later has paused its ramp when that is read, or
 * changed the revision that it publishes by.
 */
async function readSettings(book: FlagBook): Promise<Map<FlagKey, FlagSetting>> {
  return new Map((await book.read()).settings.map((setting) => [setting.key, setting]));
}

/** What keeps a flag off whomever its ramp lets in; null when nothing does. */
function heldOff({ killed, breaker }: FlagSetting): "killed" | "breaker_open" | null {
  if (killed) return "killed";
  return breaker.state === "open" ? "breaker_open" : null;
}

/**
 * What a person does with a ramp.
 *
 * @returns The ramp after it. Refused: `no_ramp`, `moved_on`, `wrong_state`, `too_few`; `killed` and `breaker_open` for what
 *   would go on with a flag that is off so.
 */
export async function actOnRamp(tools: RampTools, move: MoveRamp, by: FlagActor): Promise<RampChange> {
  const setting = (await readSettings(tools.book)).get(move.key);
  const ramp = await tools.ramps.of(move.key);
  if (!ramp) return { kind: "refused", reason: "no_ramp" };
  if (!setting) return { kind: "refused", reason: "moved_on" };
  const goesOn = move.act !== "pause" && move.act !== "roll_back";
  const held = goesOn ? heldOff(setting) : null;
  if (held) return { kind: "refused", reason: held };
  const cohort = await cohortOf(tools.ramps, ramp);
  const moved = moveRamp(ramp, move, { now: tools.now(), cohort: cohort.length });
  if (moved.kind === "refused") return moved;
  const who: Who = { by: { id: by.id, via: "ramp" }, because: move.because };
  const done = await carryOut(tools, { ramp, setting, cohort }, moved, who);
  return done ? { kind: "changed", ramp: moved.ramp } : { kind: "refused", reason: "moved_on" };
}

/**
 * One turn of every ramp that runs: what is due is done, and what a crash left half done is finished. One whose flag was
 * killed or broken while somebody let it go on is paused.
 *
 * @param tools Of the deployment.
 * @param onMoved Told of each ramp that moved, when it did.
 * @throws {AggregateError} At the end, when ramps could not be turned: the others were.
 */
export async function turnRamps(tools: RampTools, onMoved: (ramp: Ramp) => void): Promise<void> {
  const settings = await readSettings(tools.book);
  await eachInTurn(await tools.ramps.all(), async (ramp) => {
    const setting = settings.get(ramp.key);
    if (ramp.state !== "running" || !setting) return;
    const moved = await turn(tools, { ramp, setting, cohort: await cohortOf(tools.ramps, ramp) });
    if (moved) onMoved(moved);
  });
}

async function turn(tools: RampTools, ramped: Ramped): Promise<Ramp | null> {
  const { setting, ramp } = ramped;
  const move = heldOff(setting) ? paused(ramp, "the flag is off") : await moveDue(tools, ramped);
  const step = `step ${(move?.ramp ?? ramp).step + 1} of its ramp`;
  if (move) {
    const who = { by: BY_RAMP, because: move.ramp.because ?? step };
    return (await carryOut(tools, ramped, move, who)) ? move.ramp : null;
  }
  const reach = ramp.steps[ramp.step]?.reach;
  if (reach) await publish(tools.book, ramped, reach, { by: BY_RAMP, because: step });
  return null;
}

async function moveDue({ exposed, now }: RampTools, { ramp, cohort }: Ramped): Promise<PlacedRamp | null> {
  const since = ramp.stepSince ? new Date(ramp.stepSince) : now();
  const facts = { now: now(), traffic: await exposed(ramp.key, since), cohort: cohort.length };
  return afterMove(ramp, nextMove(ramp, facts), now());
}
