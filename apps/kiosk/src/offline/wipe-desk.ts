import type { DeviceId, HandInOutcome, OfflineScan } from "@tessera/contracts";
import { Dexie } from "dexie";
import { browserClock } from "./desk-clock.ts";
import { ifNoOtherWindow } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import { deskStore, storeNameOf } from "./store.ts";

export interface WipeTools {
  deviceId: DeviceId;
  /** null: the desk is a stranger, nobody would take it. */
  handIn: ((scans: OfflineScan[]) => Promise<HandInOutcome>) | null;
  /** Gives back the codes that are set aside for this desk. */
  giveBack(): Promise<unknown>;
  /** Tells the server that nothing is left. */
  confirm(): Promise<unknown>;
  isTurnedAway(error: unknown): boolean;
  /** What the browser keeps beside its databases. */
  storages: readonly Storage[];
  /** Whether nobody wants it any more: staff have called it off. */
  isOver(): boolean;
}

const OURS = "tessera.";
const DESKS = "tessera-desk-";

/**
 * Forgets everything this browser knows as a desk: token, scans, codes held ready, ledger, flags. What was accepted alone is
 * handed in first, for as long as the server may still take it; a desk that is blocked besides forgets it at once, since
 * nobody believes it any more. That the server heard of it is nice to have: the token is gone either way.
 */
export async function wipeDesk(tools: WipeTools): Promise<void> {
  const { handIn, giveBack, confirm, storages, isOver } = tools;
  if (handIn) {
    await handInAll(tools, handIn);
    await giveBack().catch(() => {}); // they come free by themselves when their lease ends
  }
  if (isOver()) return;
  for (const name of await Dexie.getDatabaseNames()) if (name.startsWith(DESKS)) await Dexie.delete(name);
  for (const storage of storages) {
    for (const key of Object.keys(storage)) if (key.startsWith(OURS)) storage.removeItem(key);
  }
  await confirm().catch(() => {});
}

async function handInAll(
  { deviceId, isTurnedAway, isOver }: WipeTools,
  handIn: (scans: OfflineScan[]) => Promise<HandInOutcome>,
): Promise<void> {
  const name = storeNameOf(deviceId);
  if (!(await Dexie.exists(name))) return;
  const store = deskStore(name);
  const [clock, lead] = [browserClock(), ifNoOtherWindow(`${name} hand-in`)];
  const { handInAll } = outbox({ store, clock, lead, isTurnedAway, chance: Math.random });
  try {
    while (!isOver()) {
      const ended = await handInAll(handIn);
      if (ended.kind !== "waiting" && ended.kind !== "elsewhere") return; // done; or quarantined or parked: nobody takes it
      await new Promise((resolve) => setTimeout(resolve, ended.kind === "waiting" ? ended.pauseMs : ELSEWHERE_MS));
    }
  } catch {
    // A store that cannot be read holds nothing that could be handed in.
  } finally {
    store.close();
  }
}

const ELSEWHERE_MS = 1_000;
