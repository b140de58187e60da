import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { runTool } from "./run-tool.mjs";

/** `packageManager` is the one place where the version stands; turbo reads it too. */
export function pinnedPnpm() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager;
}

/** Through npx, because neither pnpm nor corepack can be expected; npx also puts pnpm where turbo finds it. */
export function pnpm(args, options) {
  return runTool("npx", ["--yes", pinnedPnpm(), ...args], options);
}
