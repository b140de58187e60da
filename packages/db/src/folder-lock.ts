import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The data folder is used by a living process. */
export class FolderInUse extends Error {
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}. Stop it, or choose another folder with --data.`);
    this.name = "FolderInUse";
    this.pid = pid;
  }
}

/**
 * Takes the data folder for this process: the embedded database has no lock of its own and two of them on one folder
 * destroy it. A lock left behind by a process that is gone is taken over.
 *
 * @param folder Made when missing.
 * @returns Gives the folder back; safe to call twice.
 * @throws FolderInUse Names the process that has it. Error, with code `EACCES` or `EROFS`, when it cannot be written.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "tessera.pid");
  const mine = `${process.pid} ${startOf(process.pid)}`;

  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => {
        if (read(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const [pid = 0, start] = read(file).split(" ").map(Number);
    if (isAlive(pid) && startOf(pid) === start) throw new FolderInUse(folder, pid);
    rmSync(file, { force: true });
  }
  throw new Error(`The data folder ${folder} is being taken by another process. Try again.`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** When the process began, so that a number used again after a restart of the machine is not taken for the old one. */
function startOf(pid: number): number {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "";
    return Number(afterName.split(" ")[19] ?? 0);
  } catch {
    return 0; // no /proc on this system: the process number alone must do
  }
}
