import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";
import { endWithUs } from "../../launch/end-with-us.mjs";

/** The built server, as a deployment runs it. */
export const BUILT_MAIN: string = fileURLToPath(new URL("../../../apps/server/dist/main.mjs", import.meta.url));

/** One built API process, as a deployment runs it. */
export interface ApiProcess {
  url: string;
  child: ChildProcess;
  /** The end of what it told whoever runs it. */
  said(): string;
  stop(): Promise<void>;
}

export interface ApiProcessOptions {
  /** Left out: a free one. */
  port?: number;
  /** Left out: the built server. */
  main?: string;
  /** A module that runs before the server and speaks with us (see failpoints/preload.mjs). */
  preload?: string;
}

/** Long enough for four of them that start on two cores. */
const READY_MS = 60_000;

/**
 * @param settings The deployment's environment; nothing of ours leaks in.
 * @returns Once `/readyz` answers 200. It ends with this process, however that ends.
 * @throws Error With what the process said, when it ended instead.
 */
export async function startApi(
  settings: Record<string, string>,
  { port: wanted, main = BUILT_MAIN, preload }: ApiProcessOptions = {},
): Promise<ApiProcess> {
  const port = wanted ?? (await freePort());
  const child = spawn(process.execPath, [...(preload ? ["--import", preload] : []), main, "--port", String(port)], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", LOG_LEVEL: "error", ...settings },
    stdio: preload ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
  });
  endWithUs(child);
  let said = "";
  const listen = (text: Buffer) => {
    said = (said + text).slice(-20_000);
  };
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  const url = `http://127.0.0.1:${port}`;
  for (const giveUpAt = Date.now() + READY_MS; !(await isReady(url)); ) {
    if (hasEnded())
      throw new Error(`the API process ended (${child.exitCode ?? child.signalCode}): ${said.slice(-4_000)}`);
    if (Date.now() > giveUpAt) {
      child.kill("SIGKILL");
      throw new Error(`the API process was not ready within ${READY_MS} ms: ${said.slice(-4_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    child,
    said: () => said,
    async stop() {
      if (hasEnded()) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
