import { Refused } from "./refused.mjs";

/** Runs the `main` of one launcher and ends the process with its exit code; a foreseen failure is one sentence. */
export async function run(load) {
  try {
    const { main } = await load();
    process.exitCode = await main(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
