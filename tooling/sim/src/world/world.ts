import type { Chance } from "../kernel/chance.ts";
import type { Host, Timeline } from "../kernel/timeline.ts";
import type { Referee } from "../referee/referee.ts";
import type { ApiNode } from "./api-node.ts";
import type { SimDatabase } from "./database.ts";
import type { Habits } from "./habits.ts";
import type { Network } from "./network.ts";
import type { Mark, Tenant } from "./tenants.ts";

/** What an actor finds around it. */
export interface World {
  time: Timeline;
  chance: Chance;
  net: Network;
  database: SimDatabase;
  nodes: readonly ApiNode[];
  tenants: readonly Tenant[];
  referee: Referee;
  habits: Habits;
  /** When actors stop beginning new things and faults end, virtual milliseconds. */
  endsAt: number;
  /** Everything has come to rest, or had its time. */
  isOver: boolean;
  newId(mark: Mark): string;
  trace(line: string): void;
  reached(what: string): void;
  /** Something that nobody foresaw, an error of the domain's own code: the run fails. */
  fail(cause: unknown): void;
  /** The database's clock. */
  now(): Date;
}

/** Waits on a host's own time: a crash forgets the waiting. */
export const pause = ({ time }: World, host: Host | null, ms: number): Promise<void> =>
  new Promise((resolve) => time.plan(host, ms, resolve));

/** Starts work on a host, in a task of its own. */
export function begin({ time, fail }: World, host: Host | null, work: () => Promise<void>): void {
  time.plan(host, 0, () => void work().catch(fail));
}

/** @returns A time to think, milliseconds, not past the end: often a burst, else so long that few things fill a world. */
export function thinking({ chance, time, endsAt }: World): number {
  const wanted = chance.happens(0.3) ? chance.between(0, 400) : chance.between(0, Math.floor(endsAt * 0.9));
  return Math.min(wanted, Math.max(0, endsAt - time.now));
}

/** Asks an API process that this actor picks, and leaves it to the caller what a failure means. */
export function askNode<T>(world: World, work: (node: ApiNode) => Promise<T>, patienceMs = 4_000): Promise<T> {
  const node = world.chance.pick(world.nodes);
  return world.net.ask(node.host, { hopMs: 8, patienceMs }, () => work(node));
}
