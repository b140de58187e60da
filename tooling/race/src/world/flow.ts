import type { Socket } from "node:net";
import { pause } from "../time.ts";

/** One direction of a connection. */
export interface Flow {
  /** From now on each piece arrives this many milliseconds late; the order stays. */
  delay(ms: number): void;
  /** Whether anything moves at all: held, the source is not even read. */
  hold(held: boolean): void;
}

/**
 * Carries what comes out of one socket into another, and an end or a break with it. What a slow reader leaves is kept in
 * memory: these links carry short calls.
 *
 * @param passes Asked for each piece as it comes; false loses it.
 */
export function flowBetween(from: Socket, to: Socket, passes: (bytes: Buffer) => boolean): Flow {
  let delayMs = 0;
  let waiting = 0;
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => void) => {
    if (delayMs === 0 && waiting === 0) return act();
    waiting++;
    const due = delayMs;
    const arrived = pause(due); // starts now, so that two pieces in a row are each late by `due`, not by twice that
    line = line
      .then(() => arrived)
      .then(() => {
        waiting--;
        act();
      });
  };

  from.setNoDelay(true);
  from.on("data", (bytes: Buffer) => {
    if (passes(bytes)) inTurn(() => to.destroyed || to.write(bytes));
  });
  from.on("end", () => inTurn(() => to.end()));
  from.on("error", () => to.resetAndDestroy());
  from.on("close", () => inTurn(() => (from.errored || from.readableAborted ? to.resetAndDestroy() : to.end())));

  return {
    delay(ms) {
      delayMs = ms;
    },
    hold(held) {
      if (held) from.pause();
      else from.resume();
    },
  };
}
