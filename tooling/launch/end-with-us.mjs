import { spawn } from "node:child_process";

/**
 * Ends `child` when this process is gone, even killed: a shell waits on a pipe from us, and the pipe closes with us.
 * `signal` is what the child's program understands as "now" (PostgreSQL takes its workers along on QUIT).
 * @param {import("node:child_process").ChildProcess} child
 */
export function endWithUs(child, signal = "KILL") {
  const watcher = spawn(
    "sh",
    ["-c", 'cat >/dev/null; kill -s "$1" "$2" 2>/dev/null', "sh", signal, String(child.pid)],
    {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true, // not to be ended by the Ctrl-C that ends us
    },
  );
  watcher.unref();
  watcher.stdin.unref?.();
  child.once("exit", () => watcher.kill("SIGKILL")); // the pid may soon belong to somebody else
}
