import { chanceOf } from "../chance.ts";
import { wellAgainAfter } from "../programme.ts";
import { now, pause } from "../time.ts";
import { startWorkload } from "../workload/clients.ts";
import type { World } from "../world/world.ts";

/** One crash of PostgreSQL under load. */
export interface PostgresKilled {
  /** From the crash until it accepted connections again, milliseconds. */
  downMs: number;
  /** From then until 99 of 100 calls were answered again; null: not while we looked. */
  wellAgainMs: number | null;
}

const LOOKS_FOR_MS = 7_000;

/** @param times How often it is crashed. */
export async function postgresKilled(world: World, times = 3): Promise<PostgresKilled[]> {
  const workload = await startWorkload(world, chanceOf(4), { clients: 16 });
  const crashes: Array<{ at: number; accepts: number; until: number }> = [];
  await pause(2_000);
  for (let crash = 0; crash < times; crash++) {
    const at = now();
    await world.postgres.crash();
    await world.postgres.start();
    const accepts = now();
    await pause(LOOKS_FOR_MS);
    crashes.push({ at, accepts, until: now() });
  }
  await workload.finish();

  return crashes.map(({ at, accepts, until }) => {
    const entries = workload.entries.filter(({ invoke }) => invoke < until);
    return { downMs: Math.round(accepts - at), wellAgainMs: wellAgainAfter(entries, accepts) };
  });
}
