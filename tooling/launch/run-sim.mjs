import { join } from "node:path";
import { install } from "./install.mjs";
import { root } from "./paths.mjs";
import { runTool } from "./run-tool.mjs";

/** Runs the simulation; what follows `npm run sim --` goes to it (`--seed`, `--from`, `--count`, `--help`). */
export async function main(args) {
  await install();
  const cwd = join(root, "tooling", "sim");
  const { code } = await runTool(process.execPath, ["--import", "tsx", "src/main.ts", ...args], { cwd, inherit: true });
  return code;
}
