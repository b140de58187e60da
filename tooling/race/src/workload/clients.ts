import { newScanId } from "@tessera/sdk/node";
import type { Chance } from "../chance.ts";
import type { HistoryEntry } from "../history/history.ts";
import { pause } from "../time.ts";
import type { ApiNode } from "../world/api-node.ts";
import type { World } from "../world/world.ts";
import { attempt, idsIn } from "./attempt.ts";
import { type KeyPool, openKeyPool } from "./key-pool.ts";
import type { RaceCode } from "./race-code.ts";
import { sendScan } from "./send-scan.ts";

/** People at desks, all at once, for as long as it is let. */
export interface Workload {
  /** Every attempt, in the order in which they ended. */
  entries: readonly HistoryEntry[];
  codes: KeyPool["facts"];
  /** Nobody begins anything new; scans that were not answered are sent until they are. Resolves when all are. */
  finish(): Promise<void>;
}

export interface WorkloadOptions {
  clients?: number;
  keys?: number;
  things?: number;
}

const CHECKS_IN = 0.3;
const REVOKES = 0.02;
/** After a yes: "that was the wrong one". */
const TAKES_BACK = 0.04;
const ASKS_AGAIN = 0.1;
const REFILL_EVERY_MS = 150;
/** After the end: how often a scan is sent before it counts as never answered. */
const LAST_TRIES = 40;

/** @param seed Decides what each client does, not how the machine schedules it. */
export async function startWorkload(
  world: World,
  chance: Chance,
  { clients = 24, keys = 24, things = 12 }: WorkloadOptions = {},
): Promise<Workload> {
  const entries: HistoryEntry[] = [];
  const pool = await openKeyPool(world, chance.child(), { keys, things });
  let isOver = false;

  const nodeFor = (by: Chance): ApiNode => by.pick(world.nodes.filter((node) => node.isInRotation));
  const staffOf = ({ tenant }: RaceCode, by: Chance) => {
    const { index } = nodeFor(by);
    const staff = world.tenants.find(({ id }) => id === tenant)?.staff[index];
    if (!staff) throw new RangeError(`tenant ${tenant} has no staff at api ${index}`);
    return { api: staff.api, at: { node: `api ${index}` } };
  };

  async function scanOnce(code: RaceCode, scan: string, sending: number, by: Chance): Promise<HistoryEntry> {
    const entry = await sendScan(world, { code, scan, attempt: sending, node: nodeFor(by).index });
    entries.push(entry);
    if (entry.type === "ok" ? code.maxUses === 1 : entry.reason === "already_redeemed" || entry.reason === "revoked")
      pool.spent(code);
    return entry;
  }

  /** One scan at a desk: sent again, mostly elsewhere, until it is answered, and now and then after that too. */
  async function scan(code: RaceCode, by: Chance): Promise<void> {
    const scanId = newScanId();
    let sending = 0;
    for (let lastTries = 0; lastTries < LAST_TRIES; ) {
      const { type } = await scanOnce(code, scanId, ++sending, by);
      if (type === "ok" && by.happens(TAKES_BACK)) await takeBack(code, scanId, by);
      if (type !== "info") break;
      if (isOver) lastTries++;
      await pause(by.between(50, 250));
    }
    if (by.happens(ASKS_AGAIN)) await scanOnce(code, scanId, ++sending, by);
  }

  async function revoke(code: RaceCode, by: Chance): Promise<void> {
    const staff = staffOf(code, by);
    const entry = await attempt(
      { op: "revoke", key: code.id, scan: "", attempt: 1, tenant: code.tenant, ...staff.at },
      (signal) => staff.api.qr.invalidate.mutate({ codeId: code.id }, { signal }),
      (outcome) => {
        const mentions = idsIn(outcome);
        return outcome.kind === "invalidated"
          ? { type: "ok", reason: null, redemption: null, mentions }
          : { type: "refused", reason: outcome.reason, redemption: null, mentions };
      },
    );
    entries.push(entry);
    if (entry.type === "ok") pool.spent(code);
  }

  /** Only of a scan that heard yes: a scan nobody has decided would be withdrawn, which is another story. */
  async function takeBack(code: RaceCode, scan: string, by: Chance): Promise<void> {
    const staff = staffOf(code, by);
    const entry = await attempt(
      { op: "undo", key: code.id, scan, attempt: 1, tenant: code.tenant, ...staff.at },
      (signal) => staff.api.qr.undo.mutate({ scanId: scan, because: "the wrong one" }, { signal }),
      (outcome) => {
        const mentions = idsIn(outcome);
        return outcome.kind === "refused"
          ? { type: "refused", reason: outcome.because, redemption: null, mentions }
          : { type: "ok", reason: null, redemption: null, mentions };
      },
    );
    entries.push(entry);
  }

  async function client(by: Chance): Promise<void> {
    while (!isOver) {
      const draw = by.next();
      if (draw < REVOKES) await revoke(pool.pick("check_out", by), by);
      else await scan(pool.pick(draw < REVOKES + CHECKS_IN ? "check_in" : "check_out", by), by);
      await pause(by.between(5, 40));
    }
  }

  const refills = setInterval(() => {
    pool.refill().catch(() => {}); // the database is away, as it may be; the next one tries again
  }, REFILL_EVERY_MS);
  const working = Array.from({ length: clients }, () => client(chance.child()));

  return {
    entries,
    codes: pool.facts,
    async finish() {
      isOver = true;
      clearInterval(refills);
      await Promise.all(working);
    },
  };
}
