import { FolderInUse, MigrationFailed } from "@tessera/db";
import { banner } from "./banner.ts";
import { ConfigProblem, configFromProcess } from "./config.ts";
import { openLog } from "./log.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { type Running, serve } from "./serve.ts";

let running: Running | null = null;
let isStopping = false;

/** Also while it is still starting: then it stops as soon as it is up, and leaves nothing half open. */
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  if (!running) return;
  await running.stop();
  process.exit(0);
}
process.on("SIGINT", () => void stop().catch(fail));
process.on("SIGTERM", () => void stop().catch(fail));

function fail(error: unknown): never {
  const isPlain = [ConfigProblem, FolderInUse, MigrationFailed].some((plain) => error instanceof plain);
  const told = error instanceof Error ? (isPlain ? error.message : `Tessera stopped: ${error.stack}`) : String(error);
  process.stderr.write(`${told}\n`);
  process.exit(1);
}

try {
  const config = configFromProcess();
  if (config.rotatesSecret) {
    process.stdout.write(rotateSecret(config, new Date()));
    process.exit(0);
  }
  running = await serve(config, openLog(config.logLevel));
  if (isStopping) {
    await running.stop();
    process.exit(0);
  }
  process.stdout.write(banner({ ...running, publicUrl: config.publicUrl, role: config.role }));
} catch (error) {
  fail(error);
}
