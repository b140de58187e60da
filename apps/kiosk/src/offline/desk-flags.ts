import type { DeviceId, FlagKey } from "@tessera/contracts";
import type { SignedFlagSet } from "@tessera/contracts/flags";
import { browserClock } from "./desk-clock.ts";
import { flagIntake } from "./flag-intake.ts";
import { flagKeeper } from "./flag-keeper.ts";
import { flagsAlone } from "./flags-alone.ts";
import { deskStore, storeNameOf } from "./store.ts";

/** What a desk remembers of the flags, in this browser. */
export interface DeskFlagMemory {
  /** A flag has changed: it is time to ask again. */
  news(): void;
  /** @returns As it would be decided here alone; null when this desk remembers nothing. */
  isOn(key: FlagKey): Promise<boolean | null>;
  close(): void;
}

/** @param askServer `flag.signedSet`. @returns The memory, kept young from now on. */
export function openDeskFlags(deviceId: DeviceId, askServer: () => Promise<SignedFlagSet>): DeskFlagMemory {
  const store = deskStore(storeNameOf(deviceId));
  const clock = browserClock();
  const after = (ms: number, work: () => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  };
  const keeper = flagKeeper({ intake: flagIntake(store, clock), askServer, chance: Math.random, after });

  return {
    news: keeper.news,
    isOn: async (key) => (await flagsAlone(store, clock).catch(() => null))?.isOn(key) ?? null,
    close() {
      keeper.close();
      store.close();
    },
  };
}
