import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";
import { endWithUs } from "../../launch/end-with-us.mjs";

/** What a process has in use, bytes. */
export interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

/** A server in a process of its own. */
export interface Server {
  url: string;
  pid: number;
  /** Collects its garbage first: what a start leaves behind would hide what comes after it. */
  memory(): Promise<Memory>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../apps/server/dist/main.mjs", import.meta.url));
const TELLS_MEMORY = ["--expose-gc", "--import", new URL("memory-preload.mjs", import.meta.url).href];
const OF_NODE = { PATH: process.env.PATH ?? "", NODE_ENV: "production" };

/**
 * A server of the bench itself.
 *
 * @param file TypeScript or JavaScript. It says `port N` once it listens.
 * @param args What it is told.
 */
export async function startServer(file: URL, args: readonly string[] = []): Promise<Server> {
  const loader = file.pathname.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...TELLS_MEMORY, ...loader, fileURLToPath(file), ...args], {
    env: OF_NODE,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  endWithUs(child);
  for await (const said of child.stdout ?? []) {
    const port = String(said).match(/port (\d+)/)?.[1];
    if (port) return running(`http://127.0.0.1:${port}`, child);
  }
  throw new Error(`${file.pathname} ended with code ${child.exitCode} before it listened`);
}

/**
 * Our server, built, as a deployment runs it.
 *
 * @param settings Of the deployment: its environment.
 * @param options `main`: another built server than the usual one.
 */
export async function startProduct(
  settings: Record<string, string>,
  { main = MAIN }: { main?: string } = {},
): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [...TELLS_MEMORY, main, "--port", String(port)], {
    env: { ...OF_NODE, LOG_LEVEL: "fatal", TESSERA_BREAKER: "false", ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"], // its welcome is not for here
  });
  endWithUs(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return running(url, child);
}

function running(url: string, child: ChildProcess): Server {
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  const memory = async () => {
    const answer = once(child, "message");
    child.send("memory");
    return (await answer)[0] as Memory;
  };
  return { url, pid: child.pid ?? 0, memory, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
