import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";
import { type House, SECRET } from "./house.ts";

/** A server in a process of its own. */
export interface Server {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../apps/server/dist/main.mjs", import.meta.url));
const STOCK = fileURLToPath(new URL("stock-server.ts", import.meta.url));
const OF_NODE = { PATH: process.env.PATH ?? "", NODE_ENV: "production" };

/** Our server, built, as a deployment runs it. */
export async function startOurs(databaseUrl: string, redisUrl: string): Promise<Server> {
  const port = await freePort();
  const settings = { DATABASE_URL: databaseUrl, REDIS_URLS: redisUrl, TESSERA_SECRET: SECRET, LOG_LEVEL: "fatal" };
  const child = spawn(process.execPath, [MAIN, "--port", String(port)], {
    env: { ...OF_NODE, ...settings },
    stdio: ["ignore", "ignore", "inherit"], // its welcome is not for here
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return running(url, child);
}

/** The stock stack. @param databaseUrl As a login that row security does not hold for. */
export async function startStock(databaseUrl: string, redisUrl: string, house: House): Promise<Server> {
  const args = ["--import", "tsx", STOCK, databaseUrl, redisUrl, house.tenantId, house.deviceId];
  const child = spawn(process.execPath, args, { env: OF_NODE, stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await once(child.stdout, "data");
  return running(`http://127.0.0.1:${String(said).match(/\d+/)?.[0]}`, child);
}

function running(url: string, child: ChildProcess): Server {
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
