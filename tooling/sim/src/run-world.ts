import { attacker } from "./actors/attacker.ts";
import { heal, planFaults, type Stage } from "./actors/faults.ts";
import { admin, answered, member, releaseDesks } from "./actors/people.ts";
import { buildWorld } from "./build-world.ts";
import type { Cast } from "./cast.ts";
import { chanceOf } from "./kernel/chance.ts";
import { standIn } from "./kernel/stand-ins.ts";
import { timeline } from "./kernel/timeline.ts";
import { trace } from "./kernel/trace.ts";
import { checkAtRest } from "./referee/at-rest.ts";
import { type Invariant, Violation } from "./referee/violation.ts";
import { type Habits, honest } from "./world/habits.ts";
import { begin, pause, type World } from "./world/world.ts";

/** What became of one world. */
export interface WorldReport {
  seed: number;
  steps: number;
  scans: number;
  /** The same for two runs of one seed. */
  hash: string;
  /** What happened in it at least once. */
  reached: ReadonlySet<string>;
  failure: Broken | null;
}

export interface Broken {
  invariant: Invariant | "error";
  what: string;
  step: number;
  /** The newest lines of the trace, oldest first. */
  last: readonly string[];
}

const MOST_STEPS = 20_000;
/** How long everything may take to come to rest after the last fault, virtual milliseconds (I14). */
const REST_WITHIN_MS = 30_000;

/**
 * Lives through one world, from its first scan until everything is at rest, in one turn of the event loop.
 *
 * Real: `redeemCode`, `handIn`, `follow`, the rules, the scan chain, the codes' text, the bus, the guards with the Redlock
 * library. Modelled: the database (`domain/redemption/model.ts`, held to the SQL by `db/src/model-parity.suite.ts`), the
 * loop of the relay, Redis, the network, a kiosk's own store; HMAC and SHA-256 have cheap stand-ins, nobody signs.
 *
 * @param seed From 0 to 2^32 - 1; draws everything.
 * @param habits Of the parts; anything but honest is a planted bug.
 * @param stackLines How many lines the stack of an error has that nobody foresaw.
 * @returns What became of it; it never throws for what the world did. One at a time in a thread: the stand-ins are global.
 */
export async function runWorld(seed: number, habits: Habits = honest, stackLines = 0): Promise<WorldReport> {
  const time = timeline();
  const chance = chanceOf(seed);
  const told = trace();
  const reached = new Set<string>();
  let failure: Broken | null = null;

  const fail = (cause: unknown) => {
    const invariant = cause instanceof Violation ? cause.invariant : "error";
    const what =
      cause instanceof Violation
        ? cause.message
        : String((stackLines > 0 && cause instanceof Error && cause.stack) || cause);
    failure ??= { invariant, what, step: time.step, last: told.last() };
  };
  const { world, stage, cast } = buildWorld(
    { time, chance, habits },
    {
      trace: (line) => told.add(`${time.step} ${Math.round(time.now)} ${line}`),
      reached: (what) => reached.add(what),
      fail,
    },
  );

  const putBack = standIn(time, chance, stackLines);
  try {
    begin(world, null, () => live(world, stage, cast));
    await time.run(MOST_STEPS, () => {
      if (world.referee.broken) fail(world.referee.broken);
      return failure === null;
    });
  } catch (cause) {
    fail(cause);
  } finally {
    putBack();
  }
  return { seed, steps: time.step, scans: world.referee.stories().size, hash: told.hash(), reached, failure };
}

/** From the first scan to the last verdict. */
async function live(world: World, stage: Stage, cast: Cast): Promise<void> {
  const { nodes, tenants, time, chance, endsAt } = world;
  for (const node of nodes) node.start();
  stage.relay.start();
  for (const one of stage.subscribers) one.connect();
  planFaults(world, stage, cast.outages);

  const [north, south] = tenants;
  if (!north || !south) throw new Error("a world has two tenants");
  for (const tenant of cast.isSouthLively ? tenants : [north]) {
    for (const who of tenant.members) if (chance.happens(0.7)) begin(world, null, () => member(world, tenant, who));
    begin(world, null, () => admin(world, tenant, stage.desks));
  }
  // Not at a desk that holds codes ready: whoever speaks in its name breaks the lease, and nobody could tell.
  const open = stage.desks.find((one) => one.tenant === north && !one.isFlapping);
  if (cast.isAttacked && open) begin(world, null, () => attacker(world, north, south, open));
  for (const one of stage.desks) one.start();

  while (time.now < endsAt) {
    await pause(world, null, Math.min(endsAt / 4, endsAt - time.now));
    lookAround(stage);
  }
  heal(world, stage);
  await comeToRest(world, stage);
  world.isOver = true;
  checkAtRest(
    world.referee,
    tenants,
    stage.subscribers,
    stage.desks.map((one) => ({ name: one.host.name, scans: one.store.pending.size + one.store.unsent.length })),
  );
}

/** All is well from now on: whatever waits must find its end, without anybody's hand but that of staff who release desks. */
async function comeToRest(world: World, stage: Stage): Promise<void> {
  const { tenants, time } = world;
  const isAtRest = () =>
    stage.desks.every((one) => one.isIdle()) &&
    tenants.every(({ model }) => model.state.outbox.length === 0) &&
    stage.subscribers.every(({ tenant, follower }) => follower.seen === tenant.model.state.journal.length);
  const until = time.now + REST_WITHIN_MS;
  do {
    await pause(world, null, 1_000);
    lookAround(stage);
    for (const tenant of tenants) await answered(world, () => releaseDesks(world, tenant));
  } while (!isAtRest() && time.now < until);
}

/** What clients and the relay do by timers of their own: connect anew, and look for news that nobody told of. */
function lookAround({ subscribers, relay }: Stage): void {
  for (const one of subscribers) if (one.isCutOff()) one.connect();
  relay.poke();
}
