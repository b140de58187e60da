import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { type Spread, spreadOf } from "../measure/quantile.ts";
import { pause, until } from "../time.ts";
import { journalHead, untilOutboxIsEmpty } from "../workload/journal-head.ts";
import type { World } from "../world/world.ts";
import { type LoudNewsOptions, loudNews } from "./loud-news.ts";
import { type PlainClient, plainClient } from "./plain-client.ts";
import { delaysOf, missedOf, type Probes, sendProbes } from "./probes.ts";

/** Clients that subscribe, read for a while, and then read nothing, beside some that go on reading. */
export interface StalledReaders {
  readers: number;
  stalled: number;
  /** How much the process grew while it told them, MB of RSS over what it had when all were there. */
  grewMb: number;
  /** What was told to each, MB. */
  toldMb: number;
  /** From the answer to a desk's scan until a reader hears of it: while all read, and while the others are stalled. */
  before: Spread;
  during: Spread;
  /** Pieces that a reader never heard. */
  missed: number;
  /** Of the stalled, how many the process cut off. */
  cutOff: number;
}

export interface StalledReadersOptions {
  /** Where: a process of the world, or one of the same database. */
  server: { url: string; pid: number };
  stalled: number;
  readers: number;
  seconds: number;
  perSecond: number;
  bytes: number;
}

const SCANS_PER_SECOND = 6;
/** So much in a piece while everybody reads: the clients are in this process, and must keep up. */
const CALM_BYTES = 16 * 1024;

export async function stalledReaders(world: World, options: StalledReadersOptions): Promise<StalledReaders> {
  const { server, stalled, readers, seconds, perSecond, bytes } = options;
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const news = { tenant: tenant.id, perSecond, bytes };
  const after = await journalHead(world, tenant.id);
  const clients = await Promise.all(
    Array.from({ length: readers }, (_, index) =>
      plainClient({
        ...{ name: `reader ${index}`, tenant: tenant.id, token: tenant.deskToken, after },
        url: () => server.url,
      }),
    ),
  );
  const deaf: WebSocket[] = [];
  try {
    for (let n = 0; n < stalled; n++) deaf.push(await rawClient(server.url, tenant.deskToken));
    const calm = { ...news, bytes: Math.min(bytes, CALM_BYTES), seconds: Math.max(2, Math.round(seconds / 4)) };
    const quiet = await told(world, clients, calm);
    for (const socket of deaf) socket.pause();

    const grew = watchRss(server.pid);
    const loud = await told(world, clients, { ...news, seconds });
    return {
      ...{ readers, stalled, grewMb: grew.stop(), toldMb: (perSecond * seconds * bytes) / 2 ** 20 },
      before: spreadOf(delaysOf(quiet, clients)),
      during: spreadOf(delaysOf(loud, clients)),
      missed: missedOf(clients, after, await journalHead(world, tenant.id)),
      cutOff: await cutOff(deaf),
    };
  } finally {
    for (const one of deaf) one.terminate();
    await Promise.all(clients.map((client) => client.close()));
  }
}

/** Tells all for a while, and scans meanwhile. @returns The scans, when everybody who reads has heard of everything. */
async function told(world: World, clients: readonly PlainClient[], news: LoudNewsOptions): Promise<Probes> {
  const [probes] = await Promise.all([sendProbes(world, news.seconds * SCANS_PER_SECOND), loudNews(world, news)]);
  await untilOutboxIsEmpty(world);
  const head = await journalHead(world, news.tenant);
  // What somebody never hears is counted, not waited for.
  const isDone = () => clients.every((client) => client.head() >= head);
  await until("all have heard", isDone, { patienceMs: 15_000 }).catch(() => {});
  return probes;
}

/** Says who it is, subscribes, and has heard that it is subscribed. */
async function rawClient(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/trpc?connectionParams=1`);
  socket.on("error", () => {}); // it is cut off in the end
  await new Promise<void>((resolve, reject) => {
    socket.once("close", (code) => reject(new Error(`the socket was closed with ${code}`)));
    socket.once("message", () => resolve());
    socket.once("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
      socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "live.events", input: {} } }));
    });
  });
  return socket;
}

/** Nobody who does not read knows that they were cut off: they look now. */
async function cutOff(deaf: readonly WebSocket[]): Promise<number> {
  const gone = new Set<WebSocket>();
  for (const socket of deaf) {
    socket.once("close", () => gone.add(socket));
    socket.resume();
  }
  await pause(1_000);
  return gone.size;
}

function watchRss(pid: number): { stop(): number } {
  const before = rssOf(pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, rssOf(pid));
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      return Math.round((Math.max(most, rssOf(pid)) - before) / 1_024);
    },
  };
}

/** In kB; 0 where /proc does not tell. */
function rssOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
