/**
 * Generates the typed client without fetching an engine: the generator asks for a native schema engine that it never
 * runs, and any existing file satisfies it. For the same reason `prisma migrate` must not be used here: with that
 * setting it does nothing and says nothing. Migrations are applied by src/migrate.ts.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
const done = spawnSync(process.execPath, [cli, "generate", "--schema", "prisma/schema.prisma"], {
  cwd: join(dirname(fileURLToPath(import.meta.url)), ".."),
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  },
  stdio: ["ignore", "pipe", "pipe"],
});
if (done.status !== 0) {
  process.stderr.write(`${done.stdout}${done.stderr}`);
  process.exit(done.status ?? 1);
}
