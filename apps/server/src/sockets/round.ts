import { PING_FRAME } from "./frame.ts";
import type { SocketLimits } from "./limits.ts";
import type { Line } from "./line.ts";

/** Pings without an answer after which a client counts as gone. */
const MOST_MISSED = 2;

/** What the round has to know of a line. */
export interface Watched {
  line: Pick<Line, "write" | "cut" | "close" | "standsStill">;
  /** Pings since something was last heard. */
  pings: number;
  pingAt: number;
  /** When bytes last went out, or none waited. */
  movedAt: number;
  recheckAt: number;
  /** When at the latest it has said who it is. */
  introducedBy: number;
  /** Whether it has, or never announced that it would. */
  isIntroduced(): boolean;
  /** Finds out again who is on it, and closes it when they may not be. */
  recheck(): void;
}

/** @returns One that has just come. */
export const watched = (
  one: Pick<Watched, "line" | "isIntroduced" | "recheck">,
  now: number,
  { pingMs, recheckMs, introduceMs }: SocketLimits,
): Watched => ({
  ...one,
  pings: 0,
  pingAt: now + pingMs,
  movedAt: now,
  recheckAt: now + recheckMs,
  introducedBy: now + introduceMs,
});

/**
 * Looks after a line: is somebody there, do they read, may they still be here? One round for all, at intervals, costs less
 * than three timers for each.
 */
export function lookAfter(one: Watched, now: number, { stalledMs, pingMs, recheckMs }: SocketLimits): void {
  if (!one.line.standsStill()) one.movedAt = now;
  const isStuck = now - one.movedAt >= stalledMs;
  const isPingDue = now >= one.pingAt;
  if (isStuck || (isPingDue && one.pings >= MOST_MISSED)) {
    one.line.cut(isStuck ? "too_slow" : "silent");
    return;
  }
  if (now >= one.introducedBy && !one.isIntroduced()) {
    one.line.close("not_introduced");
    return;
  }
  if (isPingDue) {
    one.pings++;
    one.pingAt = now + pingMs;
    one.line.write(PING_FRAME);
  }
  if (now >= one.recheckAt) {
    one.recheckAt = now + recheckMs;
    one.recheck();
  }
}
