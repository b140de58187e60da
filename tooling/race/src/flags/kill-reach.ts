import type { FlagKey } from "@tessera/contracts";
import { createTessera, type Tessera } from "@tessera/sdk/node";
import { type Spread, spreadOf } from "../measure/quantile.ts";
import { now, pause, until } from "../time.ts";
import type { World } from "../world/world.ts";
import { type FlagListener, flagListener } from "./flag-listener.ts";

const KEY: FlagKey = "qr-checkout-enabled";
/** Whoever asks without pause measures how busy they keep the process. */
const ASK_EVERY_MS = 10;

/** All clients of a tenant come as its one desk. */
export const MANY_SOCKETS = { TESSERA_SOCKETS_PER_CALLER: "1000" };

/** How soon a kill is everywhere, from the moment it was sent. Milliseconds. */
export interface KillReach {
  /** To each client, over all kills. */
  clients: Spread;
  /** To the last of the clients and processes, one for each kill. */
  last: Spread;
  /** Clients that never heard of a kill, over all. */
  deaf: number;
  /** What the product itself says: from the write to the last of its processes, 99 of 100. */
  toldP99Ms: number | null;
}

export interface KillReachOptions {
  /** Signed in at the first process of the world. */
  operator: Tessera;
  kills: number;
  clients: number;
  /** Where the clients listen; left out: at all processes of the world. */
  urls?: readonly string[];
  patienceMs?: number;
}

/**
 * Kills and restores a flag in the first process of a world, over and over, and looks when everybody knows: clients that are
 * spread over all processes, and each process itself. The first kill is not counted: nothing had been run before it.
 */
export async function killReach(
  world: World,
  { operator, kills, clients, urls, patienceMs = 10_000 }: KillReachOptions,
): Promise<KillReach> {
  const [first] = world.nodes;
  const listenAt = urls ?? world.nodes.map(({ url }) => url);
  const [tenant] = world.tenants;
  if (!first || !tenant) throw new Error("the world is empty");
  const desks = world.nodes.map(({ url }) => createTessera({ url, token: tenant.deskToken }));
  const listeners = await Promise.all(
    Array.from({ length: clients }, (_, index) => {
      const { deskToken } = world.tenants[index % world.tenants.length] ?? tenant;
      return flagListener(listenAt[index % listenAt.length] ?? first.url, deskToken, KEY);
    }),
  );
  const delays: number[] = [];
  const lasts: number[] = [];
  let deaf = 0;
  try {
    for (let kill = -1; kill < kills; kill++) {
      const sent = now();
      const { revision } = await operator.api.flag.kill.mutate({ key: KEY, because: "how soon is it everywhere" });
      const processes = await Promise.all(desks.map((desk) => decidedAt(desk, patienceMs)));
      await until("all have heard", () => listeners.every((one) => one.heardAt(revision) !== null), {
        patienceMs,
      }).catch(() => {});
      const heard = listeners.flatMap((one) => one.heardAt(revision) ?? []);
      if (kill >= 0) {
        deaf += listeners.length - heard.length;
        delays.push(...heard.map((at) => at - sent));
        lasts.push(Math.max(...heard, ...processes) - sent);
      }
      await operator.api.flag.restore.mutate({ key: KEY, because: "and again" });
      await pause(100 + Math.random() * 200);
    }
    const { p99Ms } = await operator.api.flag.reach.query();
    return { clients: spreadOf(delays), last: spreadOf(lasts), deaf, toldP99Ms: p99Ms };
  } finally {
    await closed(listeners, desks);
  }
}

/** @returns When a process decided by the kill. */
async function decidedAt(desk: Tessera, patienceMs: number): Promise<number> {
  const late = now() + patienceMs;
  while (now() < late) {
    if (!(await desk.api.flag.evaluate.query({ key: KEY })).value) return now();
    await pause(ASK_EVERY_MS);
  }
  return late;
}

async function closed(listeners: readonly FlagListener[], clients: readonly Tessera[]): Promise<void> {
  await Promise.all([...listeners, ...clients].map((one) => one.close()));
}
