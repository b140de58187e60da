import { newScanId } from "@tessera/sdk/node";
import { freshCodes } from "../measure/fresh-codes.ts";
import { pause } from "../time.ts";
import { sendScan } from "../workload/send-scan.ts";
import type { World } from "../world/world.ts";
import type { PlainClient } from "./plain-client.ts";

/** When the desk had its answer, by the code it scanned; the runner's clock. */
export type Probes = ReadonlyMap<string, number>;

/** Between two scans: not in step with whoever looks four times a second. */
const APART_MS = { least: 50, more: 100 };

/** Scans one fresh code after the other at the first process of the world, so that somebody can be late with the news. */
export async function sendProbes(world: World, scans: number): Promise<Probes> {
  const answeredAt = new Map<string, number>();
  for (const code of await freshCodes(world, scans)) {
    const entry = await sendScan(world, { code, scan: newScanId(), attempt: 1, node: 0 });
    if (entry.type === "ok") answeredAt.set(code.id, entry.return);
    await pause(APART_MS.least + Math.random() * APART_MS.more);
  }
  return answeredAt;
}

/** @returns How late each client heard of each probe, milliseconds. News may overtake the answer: then it counts as 0. */
export const delaysOf = (probes: Probes, clients: readonly PlainClient[]): number[] =>
  clients.flatMap((client) =>
    client.heard().events.flatMap(({ seq, entity }) => {
      const answered = probes.get(entity);
      const arrived = client.arrivals.get(seq);
      return answered === undefined || arrived === undefined ? [] : [Math.max(0, arrived - answered)];
    }),
  );

/** @returns How many of the events after one and up to another the clients never heard, over all. */
export const missedOf = (clients: readonly PlainClient[], after: number, upTo: number): number =>
  clients.reduce((sum, { arrivals }) => {
    let missed = 0;
    for (let seq = after + 1; seq <= upTo; seq++) if (!arrivals.has(seq)) missed++;
    return sum + missed;
  }, 0);
