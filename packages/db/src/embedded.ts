import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** A PostgreSQL inside this program, reached like any other through a socket that only this user can open. */
export interface EmbeddedDatabase {
  /** For the driver: `postgresql://…`. */
  url: string;
  /** Writes everything down and ends the worker. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded database (PGlite) in a worker thread. The caller holds the folder's lock: two of them on one
 * folder destroy it.
 *
 * @param folder Where it keeps its files; made when missing. null keeps everything in memory, for tests.
 * @throws Error When the folder cannot be written or what is in it cannot be opened.
 */
export async function startEmbedded(folder: string | null): Promise<EmbeddedDatabase> {
  if (folder) await mkdir(folder, { recursive: true });
  const socketFolder = await mkdtemp(join(tmpdir(), "tessera-")); // short: a socket's path may have 107 characters
  const worker = new Worker(new URL("./embedded-worker.mjs", import.meta.url), {
    workerData: { folder, socket: join(socketFolder, ".s.PGSQL.5432") },
  });
  await said(worker, "ready");

  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketFolder)}`,
    async stop() {
      const stopped = said(worker, "stopped");
      worker.postMessage("stop");
      await stopped;
      await worker.terminate();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

const said = (worker: Worker, word: string) =>
  new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the embedded database ended by itself (exit code ${code})`)));
    worker.on("message", (message) => {
      if (message === word) resolve();
    });
  });
