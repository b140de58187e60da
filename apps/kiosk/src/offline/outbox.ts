import { type HandInOutcome, type Instant, MOST_HANDED_IN, type OfflineScan } from "@tessera/contracts";
import type { DeskClock } from "./desk-clock.ts";
import type { IfNobodyElse } from "./one-at-a-time.ts";
import { handedIn } from "./outbox-row.ts";
import type { HistoryRow, OutboxRow, SealedScan } from "./rows.ts";
import { sealWith } from "./sealing.ts";
import type { DeskStore } from "./store.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * How a hand-in ended. Whatever it says, every scan that has no stored verdict is still in the outbox.
 * `waiting`: the server could not be asked, or answered in a way that settles nothing; come again. `parked`: the server
 * does not know this desk any more; come again when it does. `elsewhere`: another window is at it.
 */
export type HandedIn =
  | { kind: "done"; judged: number }
  | { kind: "waiting"; judged: number; pauseMs: number; because: unknown }
  | { kind: "parked"; judged: number }
  | { kind: "quarantined"; judged: number; at: Instant }
  | { kind: "elsewhere" };

export interface OutboxTools {
  store: DeskStore;
  clock: DeskClock;
  lead: IfNobodyElse;
  /** @returns Whether the server asked "who are you?". */
  isTurnedAway(error: unknown): boolean;
  /** 0 to 1: spreads desks that come back at the same moment. */
  chance(): number;
}

/** What a desk has accepted alone, on its way to the server. */
export interface Outbox {
  /**
   * Hands everything in, in order, 50 at a time.
   *
   * @param send One batch; throws when there was no answer. Handing in the same scans again gives the same verdicts.
   */
  handInAll(send: (scans: OfflineScan[]) => Promise<HandInOutcome>): Promise<HandedIn>;
}

export function outbox({ store, clock, lead, isTurnedAway, chance }: OutboxTools): Outbox {
  let misses = 0;

  function waiting(judged: number, because: unknown): HandedIn {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** misses++);
    return { kind: "waiting", judged, pauseMs: Math.round(longest * (0.5 + chance() / 2)), because };
  }

  async function everything(send: (scans: OfflineScan[]) => Promise<HandInOutcome>): Promise<HandedIn> {
    for (let judged = 0; ; ) {
      const rows = await store.read((tables) => tables.outbox.orderBy("seq").limit(MOST_HANDED_IN).toArray());
      if (rows.length === 0) {
        misses = 0;
        return { kind: "done", judged };
      }
      const answer = await answerTo(rows, send);
      if ("failed" in answer) {
        return isTurnedAway(answer.failed) ? { kind: "parked", judged } : waiting(judged, answer.failed);
      }
      if (answer.kind === "quarantined") {
        await note({ quarantinedAt: answer.at });
        return { kind: "quarantined", judged, at: answer.at };
      }
      const settled = await settle(rows, answer.verdicts);
      if (settled === 0) return waiting(judged, new RangeError("an answer without a verdict for what was asked"));
      judged += settled;
      misses = 0;
    }
  }

  async function answerTo(rows: OutboxRow[], send: (scans: OfflineScan[]) => Promise<HandInOutcome>) {
    const device = await store.device();
    const scans = await Promise.all(rows.map((row) => handedIn(device, row)));
    return send(scans).catch((failed: unknown) => ({ failed }));
  }

  /** A scan leaves the outbox when its verdict was read back from the disk, and not before. */
  async function settle(rows: OutboxRow[], verdicts: Extract<HandInOutcome, { kind: "judged" }>["verdicts"]) {
    const { key } = await store.device();
    const seal = sealWith(key);
    const heard = await Promise.all(
      rows.map(async (row): Promise<HistoryRow | null> => {
        const verdict = verdicts.find(({ seq, outcome }) => seq === row.seq && outcome.scanId === row.scanId)?.outcome;
        if (!verdict) return null;
        const { seq, scanId, claimedAt, basis, sealed } = row;
        const { resource } = await seal.open<SealedScan>(sealed);
        const word = verdict.kind === "redeemed" ? "redeemed" : verdict.refusal.reason;
        return {
          seq,
          scanId,
          claimedAt,
          basis,
          verdict: word,
          sealed: await seal.seal({ resource }),
          at: clock().wall,
        };
      }),
    );
    const known = heard.filter((row) => row !== null);
    await store.write(async ({ history }) => {
      await history.bulkPut(known);
      return { quarantinedAt: null, handedInAt: new Date(clock().wall).toISOString() };
    });
    const kept = await store.read(({ history }) => history.bulkGet(known.map(({ seq }) => seq)));
    const gone = known.filter(
      (row, index) => kept[index]?.scanId === row.scanId && kept[index].verdict === row.verdict,
    );
    await store.write(async (tables) => {
      await tables.outbox.bulkDelete(gone.map(({ seq }) => seq));
      return {};
    });
    return gone.length;
  }

  const note = (change: { quarantinedAt: Instant }) => store.write(async () => change);

  return {
    async handInAll(send) {
      const ended = await lead(() => everything(send));
      return ended === "elsewhere" ? { kind: "elsewhere" } : ended;
    },
  };
}
