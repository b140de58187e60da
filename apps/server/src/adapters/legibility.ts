import { Worker } from "node:worker_threads";
import type { Legibility } from "@tessera/domain/qr/legibility";

/** A reader that says nothing for this long is taken for dead. */
const PATIENCE_MS = 5_000;

/** A legibility check in a thread of its own, so that decoding pictures does not hold up calls. */
export interface LegibilityThread extends Legibility {
  stop(): Promise<void>;
}

/**
 * @param script The built worker: takes `{ id, text }`, answers `{ id, mask }`.
 * @returns Starts the thread with the first text, and again after it died.
 */
export function legibilityThread(script: URL): LegibilityThread {
  const waiting = new Map<number, { resolve(mask: number | null): void; reject(error: Error): void }>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(script);
    started.unref();
    started.on("message", ({ id, mask }: { id: number; mask: number | null }) => waiting.get(id)?.resolve(mask));
    started.on("error", (error) => fail(started, error instanceof Error ? error : new Error(String(error))));
    started.on("exit", () => fail(started, new Error("the legibility check ended by itself")));
    return started;
  }

  function fail(failed: Worker, error: Error): void {
    if (worker !== failed) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
  }

  return {
    maskFor(text) {
      worker ??= start();
      const current = worker;
      const id = ++lastId;
      return new Promise<number | null>((resolve, reject) => {
        const timer = setTimeout(() => {
          fail(current, new Error(`a code was not test-decoded within ${PATIENCE_MS} ms`));
          void current.terminate();
        }, PATIENCE_MS);
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            waiting.delete(id);
            settle(value);
          };
        waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
        current.postMessage({ id, text });
      });
    },
    async stop() {
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
}
