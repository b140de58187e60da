/** What was not told yet. */
export interface Held {
  /** The last event that everybody was told of. */
  seen: number;
  /** When the first of the others came: on a steady clock. */
  since: number;
  /** When that one was decided: milliseconds of the calendar; null when nobody knows. */
  decidedAt: number | null;
}

/** Holds back what comes at short intervals, so that it goes out as one. */
export interface Gathering<Room> {
  /**
   * @param room Who would be told.
   * @param held Where they are.
   * @param flush Called when it is time; `release` then says what is due.
   * @returns False: tell them now.
   */
  holds(room: Room, held: Held, flush: () => void): boolean;
  /** @returns What was held back of a room, which from now on is told. */
  release(room: Room): Held | null;
  close(): void;
}

/** @param ms The first is told at once; what comes within this time after it waits for its end. 0: nothing waits. */
export function gathering<Room>(ms: number): Gathering<Room> {
  const busy = new Map<Room, { held: Held | null; timer: NodeJS.Timeout }>();

  function begin(room: Room, flush: () => void): void {
    const timer = setTimeout(() => {
      const wasHeld = busy.get(room)?.held;
      busy.delete(room);
      if (!wasHeld) return;
      begin(room, flush);
      const next = busy.get(room);
      if (next) next.held = wasHeld; // for `release`
      flush();
    }, ms);
    timer.unref();
    busy.set(room, { held: null, timer });
  }

  return {
    holds(room, held, flush) {
      if (ms === 0) return false;
      const now = busy.get(room);
      if (!now) {
        begin(room, flush);
        return false;
      }
      now.held ??= held;
      return true;
    },
    release(room) {
      const now = busy.get(room);
      const held = now?.held ?? null;
      if (now) now.held = null;
      return held;
    },
    close() {
      for (const { timer } of busy.values()) clearTimeout(timer);
      busy.clear();
    },
  };
}
