import { spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "../end-with-us.mjs";
import { tail } from "../tail.mjs";
import { freePort } from "./free-port.mjs";
import { probePostgres } from "./postgres-probe.mjs";
import { reachablePrograms } from "./reachable-programs.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { unprivilegedUser } from "./unprivileged-user.mjs";

const READY_MS = 20_000;
const STOP_MS = 10_000;

async function waitUntilReady(url, child, log) {
  for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`it ended at once: ${tail(log(), 2)}`);
    if ((await probePostgres(url)) === null) return;
  }
  throw new Error(`it was not ready after ${READY_MS / 1_000} seconds: ${tail(log(), 2)}`);
}

function stopper(child, folder) {
  return async function stop() {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT"); // a fast shutdown: does not wait for clients
      await Promise.race([gone, sleep(STOP_MS, undefined, { ref: false }).then(() => child.kill("SIGQUIT"))]);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A PostgreSQL of our own: temporary folder, free port, nothing flushed to disk, gone with `stop` or with this process. */
export async function startPostgres(programs) {
  const folder = mkdtempSync(join(tmpdir(), "tessera-postgres-"));
  const as = process.getuid?.() === 0 ? unprivilegedUser() : {};
  try {
    if (as.uid) chownSync(folder, as.uid, as.gid);
    const { initdb, postgres } = await reachablePrograms(programs, folder, as);
    const data = join(folder, "data");
    const options = { ...as, cwd: folder, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } };
    await runToEnd(initdb, ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], options);

    const port = await freePort();
    const settings = [
      "fsync=off",
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${folder}`,
      "max_connections=300",
    ];
    const child = spawn(postgres, ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    endWithUs(child, "QUIT");
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (log = (log + chunk).slice(-4_000)));

    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    const stop = stopper(child, folder);
    await waitUntilReady(url, child, () => log).catch(async (error) => {
      await stop();
      throw error;
    });
    return { url, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
