import { newScanId } from "@tessera/sdk/node";
import type { HistoryEntry } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { freshCodes } from "../measure/fresh-codes.ts";
import { now, pause, until } from "../time.ts";
import { journalHead, untilOutboxIsEmpty } from "../workload/journal-head.ts";
import { readRecords } from "../workload/read-records.ts";
import { sendScan } from "../workload/send-scan.ts";
import type { ApiNode } from "../world/api-node.ts";
import type { World } from "../world/world.ts";
import { startBalancer } from "./balancer.ts";
import { type PlainClient, plainClient } from "./plain-client.ts";

/** Every process is replaced, one after the other, while desks scan and clients listen. */
export interface RollingRestart {
  calls: number;
  /** Calls without an answer. None is sent again: each failure is one that a desk would have seen. */
  failed: readonly HistoryEntry[];
  /** Sockets that were lost, over all clients: each process took some with it. */
  losses: number;
  /** For the checkers: the subscribers of this run. */
  run: Run;
}

export interface RollingRestartOptions {
  listeners: number;
  callsPerSecond: number;
  /** The control: processes are killed instead of stopped. */
  kills?: boolean;
  /** The control: clients begin anew when they come back. */
  forgets?: boolean;
}

const BEFORE_MS = 1_000;
const PATIENCE_MS = 40_000;
const MOST_CALLS = 4_000;

export async function rollingRestart(world: World, options: RollingRestartOptions): Promise<RollingRestart> {
  const { listeners, callsPerSecond, kills = false, forgets = false } = options;
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const balancer = startBalancer(world.nodes);
  const codes = await freshCodes(world, MOST_CALLS);
  const after = await journalHead(world, tenant.id);
  const clients = await Promise.all(
    Array.from({ length: listeners }, (_, index) =>
      plainClient({
        ...{ name: `client ${index}`, tenant: tenant.id, token: tenant.deskToken, after, forgets },
        url: () => balancer.pick().url,
      }),
    ),
  );
  try {
    const work = startCalls(world, codes, () => balancer.pick(), callsPerSecond);
    await pause(BEFORE_MS);
    for (const node of world.nodes) {
      await (kills ? node.kill() : node.stop());
      await node.start();
      await until("the process is in rotation again", async () => (await fetch(`${node.url}/readyz`)).ok);
    }
    await pause(BEFORE_MS);
    const entries = await work.finish();
    await untilAllHeard(world, tenant.id, clients);

    const used = new Set(entries.map(({ key }) => key));
    return {
      calls: entries.length,
      failed: entries.filter(({ type }) => type === "info"),
      losses: clients.reduce((sum, client) => sum + client.losses(), 0),
      run: {
        history: { entries, codes: new Map(codes.filter(({ id }) => used.has(id)).map((code) => [code.id, code])) },
        records: await readRecords(world),
        subscribers: clients.map((client) => client.heard()),
        devices: [],
        faults: [],
        healedAt: null,
      },
    };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await balancer.stop();
  }
}

type Codes = Awaited<ReturnType<typeof freshCodes>>;

/** Scans at a steady rate, each of another code, each sent once to a process that says it is ready. */
function startCalls(world: World, codes: Codes, pick: () => ApiNode, perSecond: number) {
  const underWay: Array<Promise<HistoryEntry>> = [];
  let isOn = true;
  const sending = (async () => {
    const began = now();
    for (const [turn, code] of codes.entries()) {
      await pause(Math.max(0, began + (turn * 1_000) / perSecond - now()));
      if (!isOn) return;
      underWay.push(sendScan(world, { code, scan: newScanId(), attempt: 1, node: pick().index }));
    }
  })();
  return {
    async finish(): Promise<HistoryEntry[]> {
      isOn = false;
      await sending;
      return Promise.all(underWay);
    },
  };
}

/** What a client never hears is for the checkers to name. */
async function untilAllHeard(world: World, tenant: string, clients: readonly PlainClient[]): Promise<void> {
  await untilOutboxIsEmpty(world);
  const head = await journalHead(world, tenant);
  const options = { patienceMs: PATIENCE_MS, everyMs: 50 };
  await until("all are up to date", () => clients.every((client) => client.head() >= head), options).catch(() => {});
}
