import { fileURLToPath } from "node:url";
import { OptionProblem, readOptions } from "./src/report/options.ts";
import { prove } from "./src/report/prove.ts";
import { stands } from "./src/report/report.ts";
import { stepsFor } from "./src/report/steps/steps-for.ts";

/** `npm run prove` comes here once everything is installed, built and served. */
const FOLDER = fileURLToPath(new URL("../../.tessera/proof/", import.meta.url));

try {
  const argv = process.argv.slice(2);
  const options = readOptions(argv, FOLDER);
  const command = ["npm run prove", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
  const report = await prove({ ...options, command, steps: stepsFor(options), print: console.log });
  // Said, not waited for: of thousands of sockets that have ended, Node 20 may wait for ever for one to say so.
  process.exit(stands(report) ? 0 : 1);
} catch (error) {
  if (!(error instanceof OptionProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
