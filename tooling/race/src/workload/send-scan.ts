import type { HistoryEntry } from "../history/history.ts";
import type { World } from "../world/world.ts";
import { attempt, heardInOutcome } from "./attempt.ts";
import type { RaceCode } from "./race-code.ts";

/** Which scan is sent, and where. */
export interface Sending {
  code: RaceCode;
  scan: string;
  /** 1 for the first time. */
  attempt: number;
  /** The API process, by number. */
  node: number;
  /** How long to wait for the answer, milliseconds. */
  patienceMs?: number;
}

/** Sends one scan once, as a desk does. @returns Its line in the history. */
export function sendScan(
  { tenants }: Pick<World, "tenants">,
  { code, scan, node, ...which }: Sending,
): Promise<HistoryEntry> {
  const tenant = tenants.find(({ id }) => id === code.tenant);
  const desk = tenant?.desks[node];
  if (!desk) throw new RangeError(`tenant ${code.tenant} has no desk at api ${node}`);
  return attempt(
    { op: "redeem", key: code.id, scan, attempt: which.attempt, node: `api ${node}`, tenant: code.tenant },
    (signal) => desk.api.qr.redeem.mutate({ scanId: scan, text: code.text, source: "api" }, { signal }),
    heardInOutcome,
    which.patienceMs,
  );
}
