import type { FlagKey } from "@tessera/contracts";
import type { FlagSetting, MoveRamp, Ramp, RampChange, RampReach, Traffic } from "@tessera/contracts/flags";
import type { FlagActor, FlagBook } from "./flag-book.ts";
import { afterMove, moveRamp, nextMove } from "./ramp.ts";
import type { RampBook } from "./ramp-book.ts";
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

/** Members of the cohort in the order of their places. */
async function members(ramps: RampBook, key: FlagKey): Promise<string[]> {
  return (await ramps.cohort(key)).flatMap(({ memberId }) => memberId ?? []);
}

/**
 * Lets a flag be for whom a reach says. Doing it again changes nothing.
 *
 * @returns False when it was refused.
 */
async function publish(
  { ramps, book }: RampTools,
  setting: FlagSetting,
  reach: RampReach | "nobody",
  because: string,
  by: FlagActor,
) {
  const wanted = settingsFor(setting, reach, await members(ramps, setting.key));
  if (holds(setting, wanted)) return true;
  const { key, revision } = setting;
  const change = await book.save({ key, revision, set: wanted, because }, by, true);
  return change.kind === "changed";
}

/** Whether a flag is set so already. */
const holds = (setting: FlagSetting, wanted: Partial<FlagSetting>): boolean =>
  Object.entries(wanted).every(([name, value]) => canonical(setting[name as keyof FlagSetting]) === canonical(value));

/** The database gives an object's names in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const readSetting = async (book: FlagBook, key: FlagKey): Promise<FlagSetting | null> =>
  (await book.read()).settings.find((setting) => setting.key === key) ?? null;

/** A move that was decided, and whom the flag is for after it; null: nothing about that changes. */
interface Carried {
  ramp: Ramp;
  publish: RampReach | "nobody" | null;
}

interface Who {
  by: FlagActor;
  because: string;
}

/**
 * Carries out a move of a ramp. What lets fewer in is done to the flag before it is written down, what lets more in after
 * it: a crash in between leaves too few in, and the next turn makes up for it.
 */
async function carryOut(tools: RampTools, was: Ramp, { ramp: next, publish: reach }: Carried, { by, because }: Who) {
  const setting = await readSetting(tools.book, next.key);
  if (!setting) return false;
  if (reach === "nobody" && !(await publish(tools, setting, reach, because, by))) return false;
  const saved = await tools.ramps.save(next, was.version);
  if (saved && reach !== null && reach !== "nobody") await publish(tools, setting, reach, because, by);
  return saved;
}

/**
 * What a person does with a ramp.
 *
 * @returns The ramp after it. Refused: `no_ramp`, `moved_on`, `wrong_state`, `too_few`, `killed` for a flag that is killed.
 */
export async function actOnRamp(tools: RampTools, move: MoveRamp, by: FlagActor): Promise<RampChange> {
  const ramp = await tools.ramps.of(move.key);
  if (!ramp) return { kind: "refused", reason: "no_ramp" };
  const setting = await readSetting(tools.book, move.key);
  const goesOn = move.act !== "pause" && move.act !== "roll_back";
  if (goesOn && setting?.killed) return { kind: "refused", reason: "killed" };
  const cohort = (await members(tools.ramps, move.key)).length;
  const moved = moveRamp(ramp, move, { now: tools.now(), cohort });
  if (moved.kind === "refused") return moved;
  const done = await carryOut(tools, ramp, moved, { by: { id: by.id, via: "ramp" }, because: move.because });
  return done ? { kind: "changed", ramp: moved.ramp } : { kind: "refused", reason: "moved_on" };
}

/**
 * One turn of every ramp that runs: what is due is done, and what a crash left half done is finished.
 *
 * @returns The ramps that moved.
 */
export async function turnRamps(tools: RampTools): Promise<Ramp[]> {
  const moved: Ramp[] = [];
  for (const ramp of await tools.ramps.all()) {
    if (ramp.state !== "running") continue;
    const next = await turn(tools, ramp);
    if (next) moved.push(next);
  }
  return moved;
}

async function turn(tools: RampTools, ramp: Ramp): Promise<Ramp | null> {
  const { ramps, exposed, now } = tools;
  const since = ramp.stepSince ? new Date(ramp.stepSince) : now();
  const facts = {
    now: now(),
    traffic: await exposed(ramp.key, since),
    cohort: (await members(ramps, ramp.key)).length,
  };
  const move = afterMove(ramp, nextMove(ramp, facts), now());
  const step = move && move.ramp.step + 1;
  const because = move?.ramp.because ?? (step ? `step ${step} of its ramp` : "its ramp");
  if (move) return (await carryOut(tools, ramp, move, { by: BY_RAMP, because })) ? move.ramp : null;
  const reach = ramp.steps[ramp.step]?.reach;
  const setting = await readSetting(tools.book, ramp.key);
  if (reach && setting) await publish(tools, setting, reach, `step ${ramp.step + 1} of its ramp`, BY_RAMP);
  return null;
}
