import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";

const MAIN = fileURLToPath(new URL("../../../apps/server/dist/main.mjs", import.meta.url));

/** The product as `npm start` starts it: built, embedded, with the demo. */
export interface Product {
  url: string;
  /** Its data, and its letters. */
  folder: string;
  stop(): Promise<void>;
}

/**
 * @param settings Of the deployment: what differs from how `npm start` starts it.
 * @returns Once `/readyz` answers 200.
 */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-browser-"));
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, "--port", String(port), "--data", folder], {
    env: { PATH: process.env.PATH ?? "", ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the product ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    folder,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
