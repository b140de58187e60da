import { spawn } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "../end-with-us.mjs";
import { tail } from "../tail.mjs";
import { probePostgres } from "./postgres-probe.mjs";

const READY_MS = 20_000;
const STOP_MS = 10_000;

/** PostgreSQL refuses to run as root: as root, the first unprivileged user that this system knows. */
export function unprivilegedUser(passwd = readFileSync("/etc/passwd", "utf8")) {
  const users = passwd.split("\n").map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const user = users.find(([name]) => name === wanted);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error("PostgreSQL does not run as root, and this system has neither a user postgres nor nobody");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function runToEnd(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(tail(output, 2) || `exit code ${code}`))));
  });
}

/** Programs below somebody's private home cannot be reached by the unprivileged user: those are copied beside the data. */
async function reachable(programs, folder, as) {
  try {
    await runToEnd(programs.initdb, ["--version"], { ...as, cwd: folder });
    return programs;
  } catch (error) {
    if (error.code !== "EACCES") throw error;
  }
  const home = dirname(dirname(programs.initdb));
  cpSync(home, join(folder, "programs"), { recursive: true, verbatimSymlinks: true });
  const copy = (file) => join(folder, "programs", basename(dirname(file)), basename(file));
  return { initdb: copy(programs.initdb), postgres: copy(programs.postgres) };
}

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
    const { initdb, postgres } = await reachable(programs, folder, as);
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
