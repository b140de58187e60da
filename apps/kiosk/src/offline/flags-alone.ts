import type { FlagKey } from "@tessera/contracts";
import { valueAtAge } from "@tessera/domain/flags/flag-age";
import { readSignedSet } from "@tessera/domain/flags/signed-set";
import { ageMs, type DeskClock } from "./desk-clock.ts";
import type { FlagSetRow } from "./rows.ts";
import type { DeskStore } from "./store.ts";

/** The flags of a desk that can ask nobody, as of one moment. */
export interface FlagsAlone {
  /** @returns The last answer, or what its age rule makes of it; null for a flag that the set does not speak of. */
  isOn(key: FlagKey): boolean | null;
  /** To be written with whatever is decided: a set does not get younger when a clock is set back. */
  aged: Pick<FlagSetRow, "seen" | "elapsedMs"> | Record<string, never>;
}

/** @returns The flags by the set that is kept; null when this desk was never told any. */
export async function flagsAlone(store: DeskStore, clock: DeskClock): Promise<FlagsAlone | null> {
  const row = await store.read(({ flags }) => flags.get(1));
  if (!row) return null;
  const set = await readSignedSet(row, null);
  const now = clock();
  const age = ageMs(row, now);
  const aged = age === null ? {} : { seen: now, elapsedMs: age };
  if (typeof set === "string") return { isOn: () => false, aged }; // altered since: nobody vouches for "on"

  return {
    aged,
    isOn(key) {
      const flag = set.flags.find((one) => one.key === key);
      return flag ? valueAtAge(flag, age) : null;
    },
  };
}
