import type { Chance } from "../chance.ts";
import type { World } from "../world/world.ts";

/** Tells of what a fault did, for whoever reads the run. */
export type Tell = (says: string) => void;

/** One way in which a deployment breaks. Numbered as in the fault matrix. */
export interface Fault {
  id: string;
  /** What is broken, in a few words. */
  breaks: string;
  /** Strikes, holds on for a while, and heals what it broke, also when it fails half way. */
  inject(world: World, chance: Chance, tell: Tell): Promise<void>;
}

/** Breaks something, waits, and mends it, whatever happens meanwhile. */
export async function brokenFor(
  ms: number,
  wait: (ms: number) => Promise<void>,
  mend: () => Promise<void> | void,
): Promise<void> {
  try {
    await wait(ms);
  } finally {
    await mend();
  }
}
