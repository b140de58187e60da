import type { DeviceId, HandInOutcome, OfflineScan, RedemptionOutcome } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import type { ModelNews, ModelState } from "@tessera/domain/redemption/model/state";
import type { Chance } from "../kernel/chance.ts";
import { type Host, hostNamed, type Timeline } from "../kernel/timeline.ts";
import type { Referee } from "../referee/referee.ts";
import { codeOf, type Habits } from "./habits.ts";
import type { Network } from "./network.ts";
import type { Tenant } from "./tenants.ts";

/** A statement that waited longer than this for a row gives up (`lock_timeout` of the SQL function). */
const LOCK_TIMEOUT_MS = 800;
const LINK = { hopMs: 0.4, patienceMs: 1_200 };

/**
 * The database as API processes reach it: over a link that loses answers, with statements that wait for each other's rows
 * and then commit as one step of the model. A restart forgets the statements under way and nothing that was committed.
 */
export interface SimDatabase {
  host: Host;
  redeem(tenant: Tenant, scan: AdmittedScan, nodeClockOff: () => number): Promise<RedemptionOutcome>;
  judge(tenant: Tenant, device: DeviceId, scans: readonly OfflineScan[]): Promise<HandInOutcome>;
  /** Moves news into the journal. @returns What was moved. */
  relay(tenant: Tenant, limit: number): Promise<ModelState["journal"]>;
  /** Any other statement, carried out in one step. */
  statement<T>(tenant: Tenant, what: string, step: () => T | Promise<T>): Promise<T>;
}

export interface DatabaseParts {
  time: Timeline;
  chance: Chance;
  net: Network;
  referee: Referee;
  habits: Habits;
  /** The clock that the rules go by just now; the model reads it. */
  clock: { off: number };
  trace(line: string): void;
  reached(what: string): void;
  /** Waits of statements for rows; false when faults are over. */
  isRough(): boolean;
}

export function simDatabase(parts: DatabaseParts): SimDatabase {
  const { time, chance, net, referee, habits, clock, reached } = parts;
  const host = hostNamed("database");
  const numbers = new Map<ModelNews, number>();
  let sequence = 0;

  function lockWait(): number {
    if (!parts.isRough() || !chance.happens(0.2)) return 0;
    return chance.happens(0.15) ? chance.between(400, 1_000) : chance.between(1, 60);
  }

  /** Runs at the database: draws a number, waits for the row, commits. */
  function commit<T>(tenant: Tenant, what: string, step: () => T | Promise<T>): Promise<T> {
    const number = ++sequence; // drawn before the commit, as a database's sequence is: numbers come out of order
    const wait = lockWait();
    if (wait > 60) reached("row held for long");
    return new Promise((resolve, reject) => {
      const carryOut = () => {
        if (wait > LOCK_TIMEOUT_MS) return reject(new Failed("busy"));
        const { outbox } = tenant.model.state;
        const before = outbox.length;
        const answer = step();
        const news = outbox.slice(before);
        for (const one of news) numbers.set(one, number);
        parts.trace(`${tenant.mark} ${what} +${news.length}`);
        if (!habits.tellsWithChange) tellLater(tenant, outbox.splice(before));
        referee.committed(tenant, what);
        resolve(answer);
      };
      if (wait === 0) carryOut();
      else time.plan(host, Math.min(wait, LOCK_TIMEOUT_MS + 1), carryOut);
    });
  }

  /** A planted bug: news in a commit of its own, which a crash in between loses. */
  function tellLater(tenant: Tenant, news: ModelNews[]): void {
    if (news.length > 0) time.plan(host, chance.between(1, 30), () => tenant.model.state.outbox.push(...news));
  }

  return {
    host,
    statement: (tenant, what, step) => net.ask(host, LINK, () => commit(tenant, what, step)),

    redeem: (tenant, scan, nodeClockOff) =>
      net.ask(host, LINK, () => {
        const code = codeOf(tenant.model, scan.lookup);
        const glance = code && { uses: code.uses, invalidatedAt: code.invalidatedAt, lease: code.lease };
        const decided = commit(tenant, `redeem ${scan.scanId.slice(-6)}`, async () => {
          const look = referee.before(tenant);
          clock.off = habits.clockOff(nodeClockOff());
          const answer = habits.redeem(tenant.model, scan, glance);
          clock.off = 0;
          const outcome = await answer;
          look.decided(scan, outcome);
          return outcome;
        });
        return habits.tellsBusy ? decided : decided.catch(() => usedUp(scan, code));
      }),

    judge: (tenant, device, scans) =>
      net.ask(host, LINK, () =>
        commit(tenant, `hand in ${scans.map((scan) => scan.seq).join()}`, async () => {
          const look = referee.before(tenant);
          const outcome = await habits.judge(tenant.model, device, scans);
          look.judged(device, scans, outcome);
          return outcome;
        }),
      ),

    relay: (tenant, limit) =>
      net.ask(host, LINK, () => commit(tenant, "relay", () => habits.relay(tenant.model, limit, numbers))),
  };
}

/** A planted bug: a failure told as a refusal. */
const usedUp = ({ scanId }: AdmittedScan, code: ReturnType<typeof codeOf>): RedemptionOutcome => ({
  kind: "refused",
  scanId,
  replayed: false,
  refusal: {
    reason: "already_redeemed",
    evidence: {
      at: "2026-11-21T12:00:00.000Z",
      desk: null,
      holder: code?.holder.name ?? "",
      resource: code?.resource.name ?? "",
      useNo: 1,
      maxUses: code?.maxUses ?? 1,
    },
  },
});
