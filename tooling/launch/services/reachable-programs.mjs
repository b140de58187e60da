import { cpSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { runToEnd } from "./run-to-end.mjs";

/** Programs below somebody's private home cannot be reached by the unprivileged user: those are copied beside the data. */
export async function reachablePrograms(programs, folder, as) {
  try {
    await runToEnd(programs.initdb, ["--version"], { ...as, cwd: folder });
    return programs;
  } catch (error) {
    if (error.code !== "EACCES") throw error;
  }
  const home = dirname(dirname(programs.initdb));
  cpSync(home, join(folder, "programs"), { recursive: true, verbatimSymlinks: true });
  const copy = (file) => join(folder, "programs", basename(dirname(file)), basename(file));
  return { initdb: copy(programs.initdb), postgres: copy(programs.postgres) };
}
