import type { Timing } from "./timing.ts";

const BASE_MS = 500;
const CAP_MS = 30_000;
/** A socket that has held so long is trusted: its loss is the first failure, not one more. */
export const STABLE_MS = 60_000;
/** A server that goes away takes leave of many at once, and they must not come to the next one all at once. */
const GOING_AWAY = 1001;
const SPREAD_MS = 5_000;
/** After a refusal the first wait is up to 4 seconds. */
const WARY = 3;

/** How long to wait before a socket is tried again. */
export interface BackOff {
  opened(): void;
  closed(code: number | undefined): void;
  /** @returns Milliseconds, for the next try: anything up to a bound that doubles with each. */
  next(): number;
}

/**
 * Full jitter between nothing and 0.5 s, 1 s, 2 s … 30 s. tRPC counts from the beginning whenever a socket opens, so one that
 * is opened and closed in turn would be tried twice a second for ever: this counts on until a socket has held for a minute.
 */
export function backOff({ now, random }: Pick<Timing, "now" | "random">): BackOff {
  let tries = 0;
  let openedAt: number | null = null;
  let spread = 0;

  /** A socket earns this once. */
  function forgetIfStable(): void {
    if (openedAt !== null && now() - openedAt >= STABLE_MS) tries = 0;
    openedAt = null;
  }

  return {
    opened() {
      openedAt = now();
    },
    closed(code) {
      if (isRefusal(code)) {
        openedAt = null;
        tries = Math.max(tries, WARY);
      }
      forgetIfStable();
      spread = code === GOING_AWAY ? SPREAD_MS : 0;
    },
    next() {
      forgetIfStable(); // asked to go elsewhere, over a socket that still holds
      const bound = Math.max(spread, Math.min(CAP_MS, BASE_MS * 2 ** tries));
      tries++;
      spread = 0;
      return random() * bound;
    },
  };
}

/** The server's own codes: signed out, other rights, too many, too slow. Coming back at once changes nothing. */
const isRefusal = (code: number | undefined): boolean => code !== undefined && code >= 4400 && code < 4500;
