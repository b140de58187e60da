import { type Guard, PATIENCE_MS } from "./guard.ts";

/**
 * The guard of a single process: callers of one key stand in line, each for at most `patienceMs`.
 *
 * @param patienceMs How long one waits for the one before, milliseconds.
 * @returns A guard that forgets a key as soon as its line is empty.
 */
export function inProcessGuard(patienceMs: number = PATIENCE_MS): Guard {
  const lines = new Map<string, Promise<void>>();

  return {
    async hold(key, work) {
      const before = lines.get(key);
      let leave = () => {};
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      lines.set(key, mine);
      try {
        if (before) await atMost(patienceMs, before);
        return await work();
      } finally {
        leave();
        if (lines.get(key) === mine) lines.delete(key);
      }
    },
  };
}

async function atMost(ms: number, wait: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([wait, patience]);
  clearTimeout(timer);
}
