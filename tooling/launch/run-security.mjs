import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { memory, root } from "./paths.mjs";
import { main as runTests } from "./run-tests.mjs";
import { lineOf, rowsOf } from "./security-report.mjs";
import { threats } from "./threats.mjs";

/** `npm run security`: every test that a threat names, in its whole file, and one line for each threat. */
export async function main(_args, env) {
  const files = [...new Set(threats.flatMap(({ tests }) => tests.map(([file]) => file)))];
  const code = await runTests(files, env);
  const file = join(memory, "test-report.json");
  const rows = rowsOf(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null, `${root}/`);
  console.log(`\n${rows.map(lineOf).join("\n")}`);
  const bad = rows.filter(({ isOk }) => !isOk).length;
  console.log(`\n${rows.length - bad} of ${rows.length} threats ok`);
  return bad > 0 ? 1 : code;
}
