import type { Caller, Platform, Topic } from "@tessera/api";
import type { TenantId } from "@tessera/contracts";
import { type Hall, openHall } from "./hall.ts";
import type { Seat } from "./room.ts";

/** Subscriptions that many have in common: each message is made once and written to all. */
export interface Hub {
  /**
   * Begins to tell a seat what happens. Everything it missed first, without a gap and without a double.
   *
   * @param seat Not in a room yet. Given back with `leave`.
   * @param topic What it hears of.
   * @param caller Who hears it, as the procedure's middlewares let them in.
   * @param seen The number of the last event it has; null: none, it begins now.
   * @param onTrouble Told when the journal cannot be read for it; it hears nothing then.
   */
  join(seat: Seat, topic: Topic, caller: Caller, seen: number | null, onTrouble: (cause: unknown) => void): void;
  /** It hears nothing more. */
  leave(seat: Seat): void;
  close(): void;
}

export interface HubOptions {
  platform: Pick<Platform, "bus" | "openTenant">;
  gatherMs: number;
  counts: HubCounts;
  /** The journal of a tenant could not be read; it is tried again. */
  onTrouble(cause: unknown): void;
}

/** What is counted. */
export interface HubCounts {
  /** Messages were written. */
  told(topic: string, messages: number): void;
  /** Somebody reads too slowly, and gets one message later in place of some now. */
  leftOut(topic: string): void;
  /** From the moment an event arrived in this process until it was written to all, milliseconds. */
  wrote(topic: string, ms: number): void;
}

/** @returns A hub without anybody in it. It reads the journals of those tenants only that somebody listens to. */
export function openHub(options: HubOptions): Hub {
  const halls = new Map<TenantId, Hall>();

  const homes = new Map<Seat, Hall>();

  function hallOf(id: TenantId): Hall {
    const known = halls.get(id);
    if (known) return known;
    const hall = openHall(id, options, () => {
      if (halls.get(id) === hall) halls.delete(id);
    });
    halls.set(id, hall);
    return hall;
  }

  return {
    join(seat, topic, caller, seen, onTrouble) {
      const hall = hallOf(caller.tenant.id);
      homes.set(seat, hall);
      hall.join({ seat, topic, caller, seen, onTrouble });
    },
    leave(seat) {
      if (seat.isGone) return;
      seat.isGone = true;
      seat.whenGone?.();
      homes.get(seat)?.leave(seat);
      homes.delete(seat);
    },
    close() {
      for (const hall of [...halls.values()]) hall.close();
    },
  };
}
