import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.mjs";
import { memory } from "./paths.mjs";
import { pnpm } from "./pnpm.mjs";
import { runTool } from "./run-tool.mjs";
import { generate, turbo } from "./turbo.mjs";

const checks = [
  { name: "types", run: () => turbo(["typecheck", "--continue", "--output-logs=errors-only"]) },
  { name: "format and lint", run: () => pnpm(["exec", "biome", "check", "."]) },
  { name: "layers", run: () => runTool(process.execPath, ["tooling/boundaries/check-layers.mjs"]) },
  { name: "dead code", run: () => pnpm(["exec", "knip"]) },
  { name: "workspace", run: () => pnpm(["exec", "sherif", "--fail-on-warnings"]) },
];

/** Runs every check, two beside each other, and prints a line for each as it ends. */
export async function runChecks(list, print = console.log) {
  const waiting = [...list];
  const failures = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = Date.now();
      const { code, output } = await check.run();
      const seconds = ((Date.now() - began) / 1_000).toFixed(1);
      print(`${code === 0 ? "ok    " : "failed"}  ${check.name} (${seconds} s)`);
      if (code !== 0) failures.push({ name: check.name, output });
    }
  };
  await Promise.all([work(), work()]);
  return failures;
}

export async function main() {
  await install();
  await generate();
  const failures = await runChecks(checks);
  for (const { name, output } of failures) console.log(`\n── ${name} ──\n${output.trimEnd()}`);

  const counts = { passed: checks.length - failures.length, failed: failures.length, skipped: 0 };
  mkdirSync(memory, { recursive: true });
  writeFileSync(join(memory, "check-report.json"), JSON.stringify(counts));
  console.log(`\n${counts.passed} checks ok, ${counts.failed} failed`);
  return failures.length > 0 ? 1 : 0;
}
