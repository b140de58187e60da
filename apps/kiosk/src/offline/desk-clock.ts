/** One moment, as far as a browser can say. */
export interface Moment {
  /** Another one after every start of the browser. */
  boot: string;
  /** Milliseconds that only go forward, for as long as `boot` is the same. */
  monotonic: number;
  /** The wall clock, milliseconds since 1970: anybody may set it. */
  wall: number;
}

/** @returns The present moment. */
export type DeskClock = () => Moment;

/**
 * How much time has gone by, at least. The monotonic clock of most systems stands still while the device sleeps, and the
 * wall clock can be set back; whichever says more is believed. A wrong clock can thus end a lease early, never late.
 *
 * @param since An earlier moment.
 * @param now The present.
 * @returns Milliseconds; null when the browser was started anew in between: then nobody knows.
 */
export function elapsedMs(since: Moment, now: Moment): number | null {
  if (since.boot !== now.boot) return null;
  return Math.max(0, now.monotonic - since.monotonic, now.wall - since.wall);
}

/**
 * @param kept A moment that was written down, and how old the thing it belongs to was by then.
 * @param now The present.
 * @returns How old it is now, at least, milliseconds; null when nobody knows.
 */
export function ageMs(kept: { seen: Moment; elapsedMs: number }, now: Moment): number | null {
  const gone = elapsedMs(kept.seen, now);
  return gone === null ? null : kept.elapsedMs + gone;
}

const BOOT = "tessera.kiosk.boot";

/**
 * The clock of this browser. A page that is loaded again keeps its boot mark, a browser that is started again has a new
 * one. With no session storage every page is a boot of its own, and leases end with it.
 */
export function browserClock(): DeskClock {
  const boot = bootMark();
  return () => ({ boot, monotonic: performance.timeOrigin + performance.now(), wall: Date.now() });
}

function bootMark(): string {
  const fresh = crypto.randomUUID();
  try {
    const kept = sessionStorage.getItem(BOOT) ?? fresh;
    sessionStorage.setItem(BOOT, kept);
    return kept;
  } catch {
    return fresh;
  }
}
