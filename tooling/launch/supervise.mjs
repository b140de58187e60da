import { spawn } from "node:child_process";
import { constants } from "node:os";
import { whenLeftAlone } from "./when-left-alone.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const stopWithParent = new URL("./stop-with-parent.mjs", import.meta.url).href;

/**
 * One Node process that prints to our terminal. Ctrl-C reaches a whole process group, and npm passes it on once more; in a group of
 * its own (`detached`) the child hears each request to stop exactly once, from us. The channel tells it when we were killed.
 */
function start({ args, cwd, env }) {
  return spawn(process.execPath, ["--import", stopWithParent, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
}

function ended(child) {
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Runs Node processes until one ends, stops the others, and answers with the exit code of the first. */
export async function supervise(commands) {
  const children = commands.map(start);
  const ends = children.map(ended);

  let asked = false;
  const stop = (signal) => {
    if (asked) return;
    asked = true;
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    }
  };
  for (const signal of SIGNALS) process.on(signal, () => stop(signal === "SIGHUP" ? "SIGTERM" : signal));
  whenLeftAlone(() => stop("SIGTERM"));

  const code = await Promise.race(ends);
  stop("SIGTERM");
  await Promise.all(ends);
  return code;
}
