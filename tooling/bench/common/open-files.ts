import { readFileSync } from "node:fs";

/**
 * Node takes as many open files as it may; how many that is, the system decides.
 *
 * @throws Error With what to do, when a process may not have as many sockets.
 */
export function needOpenFiles(sockets: number): void {
  const most = Number(
    readFileSync("/proc/self/limits", "utf8").match(/^Max open files\s+\S+\s+(\d+)/m)?.[1] ?? sockets,
  );
  if (most < sockets + 200) {
    throw new Error(`A process may have ${most} open files here, and ${sockets} sockets are wanted: see ulimit -Hn.`);
  }
}
