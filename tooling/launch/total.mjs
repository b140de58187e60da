import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { memory } from "./paths.mjs";
import { closingLine } from "./test-report.mjs";

/** What one of the two commands counted; one that ended badly before it could count is one failure. */
export function countsOf(file, exitCode) {
  if (existsSync(file)) {
    const { passed, failed, skipped } = JSON.parse(readFileSync(file, "utf8"));
    return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
  }
  return { passed: 0, failed: 1, skipped: 0 };
}

/** `node total.mjs <exit code of npm test> <exit code of npm run check>`: the closing line of `.ci/run`. */
function main([tested, checked]) {
  const counts = [
    countsOf(join(memory, "test-counts.json"), Number(tested)),
    countsOf(join(memory, "check-report.json"), Number(checked)),
  ];
  const sum = (key) => counts.reduce((total, part) => total + part[key], 0);
  const total = { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };

  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = main(process.argv.slice(2));
