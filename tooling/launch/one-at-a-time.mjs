import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const SILENT_MS = 30_000; // a holder touches its lock every second; one that is silent this long is gone or frozen
const TICK_MS = 1_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The pid that holds `lock`, or null when it is free, or was left behind by a process that died. */
export function holderOf(lock, now = Date.now()) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    const silent = now - statSync(lock).mtimeMs > SILENT_MS;
    if (silent || (pid && !isAlive(pid))) return null;
    return pid || "unknown"; // made, but its pid is not written yet
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Only one process may clear a dead lock at a time, or the second would clear the live lock that the first then took. */
function clearDead(lock) {
  const broom = `${lock}.clearing`;
  try {
    mkdirSync(broom);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (Date.now() - statSync(broom, { throwIfNoEntry: false })?.mtimeMs > SILENT_MS) rmdirSync(broom);
    return;
  }
  try {
    if (holderOf(lock) === null) rmSync(lock, { force: true });
  } finally {
    rmdirSync(broom);
  }
}

/** Runs `work` while no other process on this machine is inside the same `lock`; `onWait(pid)` is told once. */
export async function oneAtATime(lock, onWait, work, tick = TICK_MS) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !take(lock); ) {
    const holder = holderOf(lock);
    if (holder === null) {
      clearDead(lock);
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await sleep(tick / 4);
  }

  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { force: true });
  }
}
