import type {
  CodeId,
  DeviceId,
  HandInOutcome,
  OfflineScan,
  RedemptionOutcome,
  Scan,
  ScanFate,
  UndoOutcome,
} from "@tessera/contracts";
import type { Bus } from "@tessera/domain/events/bus";
import type { follow } from "@tessera/domain/events/follow";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import type { Guard } from "@tessera/domain/guard/guard";
import { handIn } from "@tessera/domain/redemption/hand-in";
import type { LeaseGrant } from "@tessera/domain/redemption/leases";
import type { Redeemer, RedemptionLedger, UndoRequest } from "@tessera/domain/redemption/ledger";
import { redeemCode } from "@tessera/domain/redemption/redeem-code";
import { type Host, hostNamed } from "../kernel/timeline.ts";
import { codeToolsOf } from "./code-keys.ts";
import type { SimDatabase } from "./database.ts";
import type { Habits } from "./habits.ts";
import type { Tenant } from "./tenants.ts";

/** One API process: the domain's own use cases, with this world's database, locks and bus behind them. */
export interface ApiNode {
  host: Host;
  /** Of this life of the process; a new one begins with a new, empty one. */
  bus: Bus;
  /** Whether anybody listens here to what happens in a tenant: news that nobody hears need not be sent. */
  isHeard(tenant: Tenant): boolean;
  start(): void;
  redeem(tenant: Tenant, scan: Scan, by: Redeemer): Promise<RedemptionOutcome>;
  fateOf(tenant: Tenant, scanId: Scan["scanId"], by: Redeemer): Promise<ScanFate>;
  undo(tenant: Tenant, request: UndoRequest): Promise<UndoOutcome>;
  takeLeases(
    tenant: Tenant,
    device: DeviceId,
    hours: number,
  ): Promise<{ grant: LeaseGrant; spent: readonly Uint8Array[] }>;
  handIn(tenant: Tenant, device: DeviceId, scans: readonly OfflineScan[]): Promise<HandInOutcome>;
  release(tenant: Tenant, device: DeviceId): Promise<boolean>;
  invalidate(tenant: Tenant, code: CodeId): Promise<void>;
  invalidateAll(tenant: Tenant): Promise<number>;
  /** Any other change, in one step. */
  carryOut<T>(tenant: Tenant, what: string, step: (tenant: Tenant) => T | Promise<T>): Promise<T>;
  follow(tenant: Tenant, seen: number, signal: AbortSignal): ReturnType<typeof follow>;
}

export interface NodeParts {
  name: string;
  database: SimDatabase;
  habits: Habits;
  guardFor(): Guard;
  /** The tenant that a planted bug takes for the caller's. */
  otherThan(tenant: Tenant): Tenant;
  newId(tenant: Tenant): string;
  /** A commit of this process: the relay may look. */
  poke(): void;
  revoked(tenant: Tenant): void;
}

/** @returns A process that is not started yet. */
export function apiNode({ name, database, habits, guardFor, otherThan, newId, poke, revoked }: NodeParts): ApiNode {
  const host = hostNamed(name);
  const roomsOf = (tenant: Tenant) => (habits.keepsTenantsApart ? tenant : otherThan(tenant));
  let guard: Guard;
  let heard = new Set<Tenant>();

  async function poking<T>(work: Promise<T>): Promise<T> {
    const answer = await work;
    poke();
    return answer;
  }
  const ask = <T>(tenant: Tenant, what: string, step: (tenant: Tenant) => T | Promise<T>) =>
    poking(database.statement(tenant, what, () => step(tenant)));

  function ledgerOf(tenant: Tenant): RedemptionLedger {
    return {
      redeem: (scan) =>
        poking(
          database.redeem(
            roomsOf(tenant),
            habits.admit(scan, () => newId(tenant)),
            () => host.clockOff,
          ),
        ),
      answerOf: (scan) => database.statement(tenant, "answer", () => tenant.model.ledger.answerOf(scan)),
    };
  }

  const node: ApiNode = {
    host,
    bus: inProcessBus(),
    isHeard: (tenant) => heard.has(tenant),

    start() {
      guard = guardFor();
      heard = new Set();
      node.bus = inProcessBus();
    },

    redeem: (tenant, scan, by) =>
      redeemCode(
        { ...codeToolsOf(tenant), tenantId: tenant.id, guard, ledger: ledgerOf(tenant), isOn: () => true },
        scan,
        by,
      ),
    fateOf: (tenant, scanId, by) => ask(tenant, "fate", ({ model }) => model.records.fateOf(scanId, by)),
    undo: (tenant, request) =>
      ask(tenant, `undo ${request.scanId.slice(-6)}`, ({ model }) => habits.undo(model, request)),

    takeLeases: (tenant, device, hours) =>
      ask(tenant, "lease", async ({ model }) => ({
        grant: await model.leases.take(device, hours, 200),
        spent: await model.leases.spent(),
      })),
    handIn: (tenant, device, scans) =>
      handIn({ judge: (id, judged) => poking(database.judge(tenant, id, judged)) }, device, scans),
    release: (tenant, device) => ask(tenant, "release", ({ model, staff }) => model.handIns.release(device, staff)),

    invalidate: (tenant, code) =>
      ask(tenant, "invalidate", ({ model, staff }) => {
        model.invalidate(code, staff, null);
        revoked(tenant);
      }),
    invalidateAll: (tenant) =>
      ask(tenant, "invalidate all", ({ model }) => {
        const count = model.invalidateAll();
        revoked(tenant);
        return count;
      }),

    carryOut: ask,

    follow(tenant, seen, signal) {
      heard.add(tenant);
      const journal = {
        since: (after: number, limit: number) =>
          database.statement(tenant, "read", () => tenant.model.journal.since(after, limit)),
        head: () => database.statement(tenant, "head", () => tenant.model.journal.head()),
      };
      return habits.follow(journal, node.bus.listen(tenant.id, signal), seen);
    },
  };
  return node;
}
