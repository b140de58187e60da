import { fileURLToPath } from "node:url";
import { type ApiProcess, startApi } from "../api-process.ts";
import type { Failpoint, ToProcess } from "../failpoints/messages.ts";
import { pause } from "../time.ts";
import { stablePort } from "./stable-port.ts";
import { startProxy, type TcpProxy } from "./tcp-proxy.ts";

const PRELOAD = fileURLToPath(new URL("../failpoints/preload.mjs", import.meta.url));

/** One API process with its links: every byte in or out of it goes through one of them. */
export interface ApiNode {
  index: number;
  /** Where clients reach it, through `door`. The same for its whole life, whoever answers behind it. */
  url: string;
  door: TcpProxy;
  toPostgres: TcpProxy;
  toRedis: readonly TcpProxy[];
  /** Whether clients should send it anything: as a load balancer would be told before it is taken down. */
  isInRotation: boolean;
  /** Its process now. */
  pid(): number;
  /** The end of what its process now told whoever runs it: errors only. */
  said(): string;
  /** Ends it at once; nothing is finished. */
  kill(): Promise<void>;
  /** Ends it in order (SIGTERM). */
  stop(): Promise<void>;
  /** Starts it again, as a supervisor would; does nothing when it runs. Resolves when it is ready. */
  start(): Promise<void>;
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** On its next passage of the point it stops itself, or ends, once. */
  arm(point: Failpoint, signal: "SIGSTOP" | "SIGKILL"): void;
  disarm(): void;
  /** Sets its `Date` off by so many milliseconds, from then on `rate` times as fast as time. */
  shiftClock(shiftMs: number, rate?: number): void;
  close(): Promise<void>;
}

export interface ApiNodeOptions {
  index: number;
  main: string;
  /** Of the database itself; the node gets the address of its link. */
  databaseUrl: string;
  redisPorts: readonly number[];
  settings: Record<string, string>;
  /** Without points to stop at, and past its links: they are there, and nobody uses them. */
  isPlain?: boolean;
}

export async function startNode(options: ApiNodeOptions): Promise<ApiNode> {
  const { index, main, databaseUrl, redisPorts, settings, isPlain = false } = options;
  const port = await stablePort();
  const database = new URL(databaseUrl);
  const door = await startProxy(port);
  const toPostgres = await startProxy(Number(database.port));
  const toRedis = await Promise.all(redisPorts.map((redisPort) => startProxy(redisPort)));
  const links = [door, toPostgres, ...toRedis];
  if (!isPlain) database.port = String(toPostgres.port);
  const ports = isPlain ? redisPorts : toRedis.map((link) => link.port);
  const environment = {
    // Processes are killed here on purpose, which is what trips a breaker; `breaker.test.ts` is about breakers.
    TESSERA_BREAKER: "false",
    ...settings,
    DATABASE_URL: database.href,
    ...(ports.length > 0 ? { REDIS_URLS: ports.map((redisPort) => `redis://127.0.0.1:${redisPort}`).join() } : {}),
  };
  const boot = () => startApi(environment, { port, main, ...(isPlain ? {} : { preload: PRELOAD }) });

  let process: ApiProcess = await supervised(boot).catch(async (error) => {
    await Promise.all(links.map((link) => link.close()));
    throw error;
  });
  const hasEnded = () => process.child.exitCode !== null || process.child.signalCode !== null;
  const tell = (message: ToProcess) => {
    if (process.child.connected) process.child.send(message, () => {}); // one that has just ended needs no telling
  };
  const kill = async () => {
    if (hasEnded()) return;
    const gone = new Promise((resolve) => process.child.once("exit", resolve));
    process.child.kill("SIGKILL");
    await gone;
  };

  return {
    index,
    url: `http://127.0.0.1:${isPlain ? port : door.port}`,
    door,
    toPostgres,
    toRedis,
    isInRotation: true,
    said: () => process.said(),
    pid: () => process.child.pid ?? 0,
    kill,
    stop: () => process.stop(),
    async start() {
      if (hasEnded()) process = await supervised(boot);
    },
    signal: (signal) => void process.child.kill(signal),
    arm: (point, signal) => tell({ kind: "arm", point, signal }),
    disarm: () => tell({ kind: "disarm" }),
    shiftClock: (shiftMs, rate = 1) => tell({ kind: "clock", shiftMs, rate }),
    async close() {
      await kill();
      await Promise.all(links.map((link) => link.close()));
    },
  };
}

const STARTS = 4;

/** A process that meets a database that is away ends; its supervisor starts it again, and gives up on a crash loop. */
async function supervised(boot: () => Promise<ApiProcess>, startsLeft = STARTS): Promise<ApiProcess> {
  try {
    return await boot();
  } catch (error) {
    if (startsLeft === 1) throw error;
    await pause(500);
    return supervised(boot, startsLeft - 1);
  }
}
