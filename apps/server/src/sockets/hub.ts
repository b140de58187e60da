import { type Caller, idOf, type Topic } from "@tessera/api";
import type { TenantId } from "@tessera/contracts";
import { type Hall, type HallOptions, openHall } from "./hall.ts";
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
  /**
   * Somebody is on a socket, whatever they listen to.
   *
   * @param caller As they were recognised.
   * @param onRights Called when something happened to what they may do: who they are has to be asked anew. Not after the
   *   journal could not be read; then it comes out with the next round.
   * @returns They are gone.
   */
  attend(caller: Caller, onRights: () => void): () => void;
  /** It hears nothing more. */
  leave(seat: Seat): void;
  close(): void;
}

/** @returns A hub without anybody in it. It reads the journals of those tenants only that somebody listens to. */
export function openHub(options: HallOptions): Hub {
  const halls = new Map<TenantId, Hall>();

  const homes = new Map<Seat, { hall: Hall; topic: Topic }>();

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
      homes.set(seat, { hall, topic });
      options.counts.listening(topic.path, 1);
      hall.join({ seat, topic, caller, seen, onTrouble });
    },
    attend: (caller, onRights) => hallOf(caller.tenant.id).attend(idOf(caller), onRights),
    leave(seat) {
      if (seat.isGone) return;
      seat.isGone = true;
      seat.whenGone?.();
      const home = homes.get(seat);
      if (!home) return; // stopped before it was let in
      homes.delete(seat);
      options.counts.listening(home.topic.path, -1);
      home.hall.leave(seat);
    },
    close() {
      for (const hall of [...halls.values()]) hall.close();
    },
  };
}
