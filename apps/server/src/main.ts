import { FolderInUse } from "@tessera/db";
import { pino } from "pino";
import { banner } from "./banner.ts";
import { ConfigProblem, configFromProcess } from "./config.ts";
import { serve } from "./serve.ts";

try {
  const config = configFromProcess();
  const log = pino({ level: config.logLevel });
  const running = await serve(config, log);
  process.stdout.write(banner({ ...running, publicUrl: config.publicUrl }));

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error) => {
        log.fatal({ err: error }, "the stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
} catch (error) {
  const isPlain = error instanceof ConfigProblem || error instanceof FolderInUse;
  process.stderr.write(
    isPlain ? `${error.message}\n` : `Tessera could not start: ${error instanceof Error ? error.stack : error}\n`,
  );
  process.exit(1);
}
