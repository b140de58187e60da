import type { Chance } from "./chance.ts";
import type { Host, Planned, Timeline } from "./timeline.ts";

/** The virtual noon at which every world begins. */
export const NOON = Date.parse("2026-11-21T12:00:00.000Z");

/** @returns What a host's wall clock shows, milliseconds since 1970. */
export const wallClock = (time: Timeline, host: Host | null): number => NOON + time.now + (host?.clockOff ?? 0);

/**
 * Puts virtual time and seeded chance in the place of what code reaches through globals: timers, the clock, chance. And
 * `crypto.subtle.digest` answers without a thread of its own, whose end no seed could order: so the domain's own code runs,
 * down to the hash chain, and the Redlock library with it.
 *
 * A world runs in one turn of the event loop, so nothing else ever sees the stand-ins.
 *
 * @param stackLines How many lines a failure's stack has. Failures are everyday here, and each line costs more than they do.
 * @returns Puts the real ones back.
 */
export function standIn(time: Timeline, chance: Chance, stackLines: number): () => void {
  const real = {
    setTimeout,
    clearTimeout,
    setImmediate,
    now: Date.now,
    random: Math.random,
    lines: Error.stackTraceLimit,
  };
  const { subtle } = crypto;
  const timers = new Map<number, Planned>();
  let ids = 0;

  const virtualTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const id = ++ids;
    const planned = time.plan(time.host, ms, () => {
      timers.delete(id);
      run(...args);
    });
    timers.set(id, planned);
    return id;
  };
  Object.assign(globalThis, {
    setTimeout: virtualTimeout,
    setImmediate: (run: () => void) => virtualTimeout(run), // behind what is planned for this moment already
    clearTimeout(id: number | undefined) {
      if (id === undefined) return;
      timers.get(id)?.cancel();
      timers.delete(id);
    },
  });
  Error.stackTraceLimit = stackLines;
  Date.now = () => wallClock(time, time.host);
  Math.random = () => chance.next();
  Object.defineProperty(subtle, "digest", {
    configurable: true,
    value: async (_algorithm: "SHA-256", data: Uint8Array) => digest(data).buffer,
  });

  return () => {
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    globalThis.setImmediate = real.setImmediate;
    Date.now = real.now;
    Math.random = real.random;
    Error.stackTraceLimit = real.lines;
    Reflect.deleteProperty(subtle, "digest");
  };
}

/**
 * 32 bytes that hang on every byte of the data: two FNV-1a of 32 bits, spread. SHA-256 would cost as much as all the rest
 * of a step, and nobody here forges anything.
 */
function digest(data: Uint8Array): Uint8Array<ArrayBuffer> {
  let [one, other] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] ?? 0;
    one = Math.imul(one ^ byte, 0x01000193);
    other = Math.imul(other ^ byte ^ (one >>> 24), 0x01000193);
  }
  const words = new Uint32Array(8);
  for (let word = 0; word < words.length; word += 2) {
    words[word] = one = Math.imul(one ^ (one >>> 15), 0x85ebca6b);
    words[word + 1] = other = Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  }
  return new Uint8Array(words.buffer);
}
