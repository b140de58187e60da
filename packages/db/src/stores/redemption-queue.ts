import { setTimeout as pause } from "node:timers/promises";
import type { RedemptionOutcome } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf, isWorthAnotherTry } from "../failure.ts";
import { type DecidedRow, outcomeOf } from "./redemption-row.ts";

/** A named statement: planned once per connection. An unnamed one costs twice as much (docs/decisions/0004). */
const REDEEM = {
  name: "redeem_codes",
  text: `SELECT * FROM redeem_codes($1::uuid, $2::uuid[], $3::bytea[], $4::bytea[], $5::text[], $6::uuid[], $7::uuid[],
    $8::bigint[], $9::timestamptz[])`,
};
/** More scans than this in one call would hold its codes too long. */
const MOST_TOGETHER = 64;
/** Calls of one tenant under way at once: one that works while the next is on its way. */
const SLOTS = { embedded: 1, postgres: 2 };
const TRIES = 3;

type Row = Omit<DecidedRow, "outcome"> & { outcome: DecidedRow["outcome"] | "contended" };

interface Waiting {
  scan: AdmittedScan;
  answer(outcome: RedemptionOutcome): void;
  fail(cause: unknown): void;
}

/** Group commit: scans that arrive while calls are under way go together in the next one (docs/decisions/0010). */
export interface RedemptionQueue {
  /** @returns The decision. @throws Failed As `RedemptionLedger` says. */
  decide(scan: AdmittedScan): Promise<RedemptionOutcome>;
}

/**
 * The queue of one tenant in this process. There is no timer: a scan that comes alone goes alone, at once.
 *
 * @param database Where.
 * @param scope Which tenant.
 * @param onDecided Called after each call that decided something, so that its news can leave.
 * @param onEmpty Called when nothing waits and nothing is under way any more.
 */
export function redemptionQueue(
  { hot, kind }: Pick<Database, "hot" | "kind">,
  scope: TenantScope,
  onDecided: () => void,
  onEmpty: () => void,
): RedemptionQueue {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let isCalled = false;

  /** What arrives in the same turn of the loop goes together. */
  function callSoon(): void {
    if (isCalled) return;
    isCalled = true;
    setImmediate(() => {
      isCalled = false;
      while (underWay < SLOTS[kind] && waiting.length > 0) void send(nextBatch());
    });
  }

  /** One scan id twice would wait for itself, so the second one waits for the next call. */
  function nextBatch(): Waiting[] {
    const ids = new Set<string>();
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of waiting) {
      const fits = batch.length < MOST_TOGETHER && !ids.has(one.scan.scanId);
      ids.add(one.scan.scanId);
      (fits ? batch : rest).push(one);
    }
    waiting = rest;
    return batch;
  }

  async function send(batch: Waiting[]): Promise<void> {
    underWay++;
    try {
      await (batch.length === 1 ? Promise.all(batch.map(decideAlone)) : decideTogether(batch));
    } finally {
      underWay--;
      if (waiting.length > 0) callSoon();
      else if (underWay === 0) onEmpty();
    }
  }

  async function decideTogether(batch: Waiting[]): Promise<void> {
    let rows: Map<number, Row>;
    try {
      rows = await called(batch.map(({ scan }) => scan));
    } catch (error) {
      const failure = failureOf(error);
      // Nobody knows, or nobody can: asking again one by one would only take longer.
      const isForAll = failure instanceof Failed && failure.failure !== "busy";
      if (isForAll) for (const one of batch) one.fail(failure);
      else await Promise.all(batch.map(decideAlone)); // one of them is the trouble: the others must not suffer for it
      return;
    }
    const contended = batch.filter((one, index) => !answered(one, rows.get(index + 1)));
    await Promise.all(contended.map(decideAlone));
  }

  async function decideAlone(one: Waiting): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        answered(one, (await called([one.scan])).get(1));
        return;
      } catch (error) {
        if (attempt === TRIES || !isWorthAnotherTry(error)) return one.fail(failureOf(error));
        await pause(10 + Math.random() * 30);
      }
    }
  }

  async function called(scans: readonly AdmittedScan[]): Promise<Map<number, Row>> {
    const { rows } = await hot.query<Row>({ ...REDEEM, values: [scope, ...columnsOf(scans)] });
    onDecided();
    return new Map(rows.map((row) => [row.n, row]));
  }

  return {
    decide: (scan) =>
      new Promise((answer, fail) => {
        waiting.push({ scan, answer, fail });
        callSoon();
      }),
  };
}

/** @returns False when the code was held by another call, and the scan must be sent again, alone. */
function answered({ scan: { scanId }, answer }: Waiting, row: Row | undefined): boolean {
  if (row?.outcome === "contended") return false;
  // The function is silent about a scan id that stands for something else.
  const mismatch = { kind: "refused", scanId, replayed: false, refusal: { reason: "idempotency_mismatch" } } as const;
  answer(row ? outcomeOf(row as DecidedRow, scanId, row.replayed) : mismatch);
  return true;
}

/** The n-th element of each column is the n-th scan. */
function columnsOf(scans: readonly AdmittedScan[]): unknown[] {
  const column = <T>(of: (scan: AdmittedScan) => T) => scans.map(of);
  return [
    column(({ scanId }) => scanId),
    column(({ lookup }) => Buffer.from(lookup)),
    column(({ fingerprint }) => Buffer.from(fingerprint)),
    column(({ source }) => source),
    column(({ by }) => by.memberId),
    column(({ by }) => by.deviceId),
    column(({ step }) => step ?? null),
    column(({ claimedAt }) => claimedAt ?? null),
  ];
}
