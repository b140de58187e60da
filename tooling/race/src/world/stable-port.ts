import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that systems hand out to callers: while a server is down, no call of ours can take its port. */
const RANGE = { from: 20_000, to: 30_000 };
const given = new Set<number>();

/** @returns A port of this machine that a server can come back to. */
export async function stablePort(): Promise<number> {
  for (;;) {
    const port = Math.floor(RANGE.from + Math.random() * (RANGE.to - RANGE.from));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  const free = await Promise.race([once(probe, "listening").then(() => true), once(probe, "error").then(() => false)]);
  probe.close();
  return free;
}
