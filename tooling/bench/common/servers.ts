import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";
import { endWithUs } from "../../launch/end-with-us.mjs";

/** A server in a process of its own. */
export interface Server {
  url: string;
  pid: number;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../apps/server/dist/main.mjs", import.meta.url));
const OF_NODE = { PATH: process.env.PATH ?? "", NODE_ENV: "production" };

/**
 * A server of the bench itself.
 *
 * @param file TypeScript or JavaScript. It says `port N` once it listens.
 * @param args What it is told.
 */
export async function startServer(file: URL, args: readonly string[] = []): Promise<Server> {
  const loader = file.pathname.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...loader, fileURLToPath(file), ...args], {
    env: OF_NODE,
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithUs(child);
  for await (const said of child.stdout) {
    const port = String(said).match(/port (\d+)/)?.[1];
    if (port) return running(`http://127.0.0.1:${port}`, child);
  }
  throw new Error(`${file.pathname} ended with code ${child.exitCode} before it listened`);
}

/**
 * Our server, built, as a deployment runs it.
 *
 * @param settings Of the deployment: its environment.
 * @param options `node`: options of Node itself; `main`: another built server than the usual one.
 */
export async function startProduct(
  settings: Record<string, string>,
  { node = [], main = MAIN }: { node?: readonly string[]; main?: string } = {},
): Promise<Server & { child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [...node, main, "--port", String(port)], {
    env: { ...OF_NODE, LOG_LEVEL: "fatal", ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"], // its welcome is not for here
  });
  endWithUs(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { ...running(url, child), child };
}

function running(url: string, child: ChildProcess): Server {
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return { url, pid: child.pid ?? 0, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
