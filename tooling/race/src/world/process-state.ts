import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** @returns The first letter of what `ps` says of a process: `R`, `S`, `T` (stopped); null when it is gone or a zombie. */
export function stateOf(pid: number): string | null {
  const state = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  return state === "" || state === "Z" ? null : state;
}

function fromProc(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  } catch {
    return "";
  }
}

const fromPs = (pid: number): string =>
  spawnSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" })
    .stdout.trim()
    .slice(0, 1);
