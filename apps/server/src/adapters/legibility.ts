import { Worker } from "node:worker_threads";
import { Failed } from "@tessera/domain/failed";
import type { Legibility } from "@tessera/domain/qr/legibility";

/** A reader with work that says nothing for this long is taken for dead. */
const PATIENCE_MS = 5_000;
/** Some seconds of work; whoever comes beyond it is told to ask again. */
const MOST_WAITING = 300;

/** A legibility check in a thread of its own, so that decoding pictures does not hold up calls. */
export interface LegibilityThread extends Legibility {
  stop(): Promise<void>;
}

interface Waiting {
  resolve(mask: number | null): void;
  reject(error: Error): void;
}

/**
 * @param script The built worker: takes `{ id, text }`, answers `{ id, mask }`.
 * @returns Starts the thread with the first text, and again after it died. Asked for more than it can do, it throws
 *   `Failed` busy.
 */
export function legibilityThread(script: URL): LegibilityThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let watch: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(script);
    started.unref();
    started.on("message", ({ id, mask }: { id: number; mask: number | null }) => {
      waiting.get(id)?.resolve(mask);
      waiting.delete(id);
      watchOver(started);
    });
    started.on("error", (error) => giveUp(started, error instanceof Error ? error : new Error(String(error))));
    started.on("exit", () => giveUp(started, new Error("the legibility check ended by itself")));
    return started;
  }

  /** Each answer is a sign of life; without work there is nothing to wait for. */
  function watchOver(current: Worker): void {
    clearTimeout(watch);
    if (waiting.size === 0) return;
    watch = setTimeout(() => giveUp(current, new Error("the legibility check does not answer")), PATIENCE_MS);
  }

  function giveUp(failed: Worker, error: Error): void {
    if (worker !== failed) return;
    worker = null;
    clearTimeout(watch);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    void failed.terminate();
  }

  return {
    maskFor(text) {
      if (waiting.size >= MOST_WAITING) return Promise.reject(new Failed("busy"));
      worker ??= start();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker?.postMessage({ id, text });
        if (worker && waiting.size === 1) watchOver(worker);
      });
    },
    async stop() {
      const last = worker;
      if (last) giveUp(last, new Error("the server is stopping"));
      await last?.terminate();
    },
  };
}
