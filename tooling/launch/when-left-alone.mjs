import { readFileSync } from "node:fs";

const LOOK_MS = 500;

function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")[1];
  } catch {
    return "unknown"; // no Linux: there `sh` makes way for us and npm itself is our parent
  }
}

const whoStartedUs = () => `${process.ppid} ${parentOf(process.ppid)}`;

/**
 * npm runs us by way of `sh`, and a signal to npm ends that shell or npm, but never reaches us. So when npm started us we
 * look whether it is still there. Started in any other way, being left alone is what was asked for (nohup, setsid).
 */
export function whenLeftAlone(act, env = process.env) {
  if (env.npm_lifecycle_event === undefined) return;
  const before = whoStartedUs();
  const look = setInterval(() => {
    if (whoStartedUs() === before) return;
    clearInterval(look);
    act();
  }, LOOK_MS);
  look.unref();
}
