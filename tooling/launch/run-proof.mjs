import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { root } from "./paths.mjs";
import { runTool } from "./run-tool.mjs";
import { provideServices } from "./services.mjs";
import { generate } from "./turbo.mjs";

/** `npm run prove -- [--long] [options]`: everything at once, over the built server, and a report of it. */
export async function main(args, env) {
  await install();
  await generate();
  await build();

  const { services, env: given, stop } = await provideServices(env);
  for (const { name, available, how, reason } of services) {
    console.log(available ? `  ${name}: ${how}` : `  ${name}: MISSING, its steps are skipped: ${reason}`);
  }
  process.on("SIGINT", () => {}); // the proof hears Ctrl-C as well and ends; then the services are stopped
  try {
    // In this very process, not in a child of tsx: Ctrl-C then ends one program, and its servers with it.
    const tsx = pathToFileURL(createRequire(join(root, "tooling/race/package.json")).resolve("tsx")).href;
    const { code } = await runTool(process.execPath, ["--import", tsx, "tooling/race/prove.ts", ...args], {
      env: given,
      inherit: true,
    });
    return code;
  } finally {
    await stop();
  }
}
