import type { PairedDevice } from "@tessera/contracts";
import { browserClock } from "./desk-clock.ts";
import { type DeskRounds, deskRounds } from "./desk-rounds.ts";
import { manifestIntake } from "./manifest-intake.ts";
import { type OfflineDesk, offlineDesk, type RoundEnd, type RoundsServer } from "./offline-desk.ts";
import { offlineLedger } from "./offline-ledger.ts";
import { ifNoOtherWindow, oneWindowAtATime } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import { deskStore, storeNameOf } from "./store.ts";

export interface OpenDesk extends OfflineDesk {
  rounds: DeskRounds;
  close(): void;
}

interface OpenTools {
  server: RoundsServer;
  onRound(end: RoundEnd): void;
  /** @returns Whether the server asked "who are you?". */
  isTurnedAway(error: unknown): boolean;
}

/** @returns The offline half of this browser's desk, kept ready from now on. */
export function openOfflineDesk({ deviceId, name }: PairedDevice, tools: OpenTools): OpenDesk {
  const { server, onRound, isTurnedAway } = tools;
  const place = storeNameOf(deviceId);
  const store = deskStore(place);
  const clock = browserClock();
  const desk = { deviceId, name };
  const calm = oneWindowAtATime(`${place} decides`);
  const half = offlineDesk({
    server,
    store,
    clock,
    desk,
    ledger: offlineLedger({ store, clock, desk, newId: () => crypto.randomUUID(), calm }),
    intake: manifestIntake(store, clock),
    outbox: outbox({ store, clock, lead: ifNoOtherWindow(`${place} hand-in`), isTurnedAway, chance: Math.random }),
  });
  const after = (ms: number, work: () => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  };
  const rounds = deskRounds({ round: half.round, onEnd: onRound, chance: Math.random, after });

  return {
    ...half,
    rounds,
    close() {
      rounds.close();
      store.close();
    },
  };
}
