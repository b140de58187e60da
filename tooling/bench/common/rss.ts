import { readFileSync } from "node:fs";

/** @returns What a process holds in memory, kB; NaN where /proc does not tell. */
export function rssOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB$/m)?.[1] ?? Number.NaN);
  } catch {
    return Number.NaN;
  }
}
