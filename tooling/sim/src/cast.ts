import type { Chance } from "./kernel/chance.ts";
import { type LockKind, lockKinds } from "./world/locks.ts";
import type { Mark } from "./world/tenants.ts";

/** Who is in a world and how long it lasts. Worlds are small and many: no two of them need have the same parts. */
export interface Cast {
  /** When actors stop beginning new things, virtual milliseconds. */
  endsAt: number;
  lockKind: LockKind;
  /** API processes. */
  nodes: number;
  /** Whether anybody is in the second tenant. Its rows are there in any case. */
  isSouthLively: boolean;
  desks: ReadonlyArray<{ mark: Mark; name: string; isFlapping: boolean }>;
  /** How often a flapping desk loses its network. */
  outages: number;
  isAttacked: boolean;
  /** So much has happened before that whoever comes new is told to read the lists instead. */
  isOld: boolean;
}

/** Mostly short, so that much happens at once; some so long that codes and leases end meanwhile. */
const LASTING = [10, 10, 60, 60, 600, 600, 4 * 3_600, 12 * 3_600].map((seconds) => seconds * 1_000);

/** Voting over three Redis costs as many steps as all the rest of a world, so few worlds lock with it. */
const REDLOCK_IN = 0.06;

/** @returns A cast with at least one desk in the first tenant. */
export function drawCast(chance: Chance): Cast {
  const isSouthLively = chance.happens(0.25);
  return {
    endsAt: chance.pick(LASTING),
    lockKind: chance.happens(REDLOCK_IN) ? chance.pick(lockKinds) : chance.pick(["none", "in process"] as const),
    nodes: chance.pick([1, 1, 2, 3]),
    isSouthLively,
    desks: drawDesks(chance, isSouthLively),
    outages: chance.pick([1, 1, 2, 3, 6]),
    isAttacked: chance.happens(0.25),
    isOld: chance.happens(0.01),
  };
}

function drawDesks(chance: Chance, isSouthLively: boolean): Cast["desks"] {
  const desks: Array<Cast["desks"][number]> = [];
  const online = chance.pick([0, 1, 1, 2]);
  // A flapping desk that is alone in its tenant may hold every code ready.
  const flapping = chance.pick(online === 0 ? [1, 1, 1, 2] : [0, 0, 1, 1]);
  for (let no = 1; no <= online; no++) desks.push({ mark: "a", name: `front desk ${no} of a`, isFlapping: false });
  for (let no = 1; no <= flapping; no++) desks.push({ mark: "a", name: `workshop ${no} of a`, isFlapping: true });
  if (isSouthLively) desks.push({ mark: "b", name: "desk of b", isFlapping: chance.happens(0.3) });
  return desks;
}
