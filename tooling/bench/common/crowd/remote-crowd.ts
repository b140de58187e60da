import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endWithUs } from "../../../launch/end-with-us.mjs";
import { bundled } from "../bundled.ts";
import type { Books, Heard, Publishing } from "./crowd.ts";
import type { DialectName } from "./dialects.ts";
import type { Asked, Told } from "./messages.ts";

/** A `Crowd` in a process of its own. */
export interface RemoteCrowd {
  pid: number;
  /** @returns Milliseconds until everybody was told that they are in. */
  enter(count: number, options?: { atOnce: boolean }): Promise<number>;
  publish(publishing: Publishing): Promise<void>;
  listen(ms: number): Promise<Heard>;
  stopPublishing(): Promise<void>;
  untilAllIn(patienceMs: number): Promise<void>;
  settle(patienceMs: number): Promise<Books>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface CrowdOptions {
  /** Of the servers. */
  ports: readonly number[];
  dialect: DialectName;
  token?: string;
  /** Whether those who lose their socket come back, as the SDK does. */
  comesBack?: boolean;
}

let built: Promise<URL[]> | null = null;

export async function openCrowd({ ports, dialect, token = "", comesBack = false }: CrowdOptions): Promise<RemoteCrowd> {
  built ??= bundled([new URL("driver.ts", import.meta.url)]);
  const [driver] = (await built) as [URL];
  const child = fork(fileURLToPath(driver), { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
  endWithUs(child);

  async function ask<T>(asked: Asked): Promise<T> {
    const heard = once(child, "message");
    child.send(asked);
    const [{ result, error }] = (await heard) as [Told];
    if (error) throw new Error(`the crowd: ${error}`);
    return result as T;
  }
  await ask({ kind: "open", ports, dialect, token, comesBack });

  return {
    pid: child.pid ?? 0,
    enter: (count, { atOnce } = { atOnce: false }) => ask<number>({ kind: "enter", count, atOnce }),
    publish: (publishing) => ask({ kind: "publish", publishing }),
    listen: (ms) => ask<Heard>({ kind: "listen", ms }),
    stopPublishing: () => ask({ kind: "stop_publishing" }),
    untilAllIn: (patienceMs) => ask({ kind: "until_all_in", patienceMs }),
    settle: (patienceMs) => ask<Books>({ kind: "settle", patienceMs }),
    leave: () => ask({ kind: "leave" }),
    async close() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
