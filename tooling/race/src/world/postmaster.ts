import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { endWithUs } from "../../../launch/end-with-us.mjs";

/** The first process of a PostgreSQL. */
export interface Postmaster {
  hasEnded(): boolean;
  lastWords(): string;
  /** SIGINT: in order. SIGQUIT: as in a crash. Resolves when it is gone; safe to call twice. */
  end(signal: "SIGINT" | "SIGQUIT"): Promise<void>;
}

/** It ends with this process, however that ends, and takes its workers along. */
export function startPostmaster(postgres: string, args: readonly string[], options: SpawnOptions): Postmaster {
  const child = spawn(postgres, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  endWithUs(child, "QUIT");
  let log = "";
  child.stderr?.on("data", (text) => {
    log = (log + text).slice(-2_000);
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    hasEnded,
    lastWords: () => log.trim(),
    async end(signal) {
      if (hasEnded()) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}
