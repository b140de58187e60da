import type { FlagKey } from "@tessera/contracts";

interface Waits {
  key: FlagKey;
  prerequisites: readonly FlagKey[];
}

/**
 * @param flags Which flag waits for which others. One that does not exist waits for none.
 * @returns Those that wait for themselves, over however many others.
 */
export function inCycles(flags: readonly Waits[]): ReadonlySet<FlagKey> {
  const waitsFor = new Map(flags.map(({ key, prerequisites }) => [key, prerequisites]));

  function leadsTo(wanted: FlagKey, from: FlagKey, seen: Set<FlagKey>): boolean {
    for (const next of waitsFor.get(from) ?? []) {
      if (next === wanted) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      if (leadsTo(wanted, next, seen)) return true;
    }
    return false;
  }

  return new Set(flags.map(({ key }) => key).filter((key) => leadsTo(key, key, new Set())));
}
