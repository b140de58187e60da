import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "../../launch/end-with-us.mjs";
import { freePort } from "./free-port.ts";
import { redis } from "./services.ts";

const READY_MS = 5_000;

export type RedisServer = {
  url: string;
  port: number;
  pid: number;
  /** Ends it in order; safe to call twice, and after `kill`. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL), as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
};

/** Answers once the server says PONG: it listens a little before it can serve. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setTimeout(500, () => socket.destroy());
    socket.once("data", (reply) => {
      resolve(String(reply).startsWith("+PONG"));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}

async function waitUntilReady(port: number, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`redis-server ended at once with code ${child.exitCode}.`);
    if (await answersPing(port)) return;
  }
  child.kill("SIGKILL");
  throw new Error(`redis-server did not answer within ${READY_MS} ms.`);
}

/**
 * A Redis of one's own: free port, nothing on disk, no neighbour. `port` brings a killed one back where its clients look.
 * It ends with `stop`, and with this process however that ends.
 */
export async function startRedis(options: { port?: number } = {}): Promise<RedisServer> {
  if (!redis.available)
    throw new Error(`No Redis to start: ${redis.reason}. Wrap the suite in describeWith(redis, …).`);

  const port = options.port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), "tessera-redis-"));
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const child = spawn(redis.server, settings, { stdio: "ignore" });
  const gone = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  }).then(() => rmSync(folder, { recursive: true, force: true }));
  endWithUs(child);
  await waitUntilReady(port, child);

  const end = (signal: "SIGTERM" | "SIGKILL") => () => {
    child.kill(signal);
    return gone;
  };
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid ?? 0, stop: end("SIGTERM"), kill: end("SIGKILL") };
}
