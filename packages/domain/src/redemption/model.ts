import type { CodeId, InvalidateOutcome, MemberId, OfflinePolicy, TenantEvent } from "@tessera/contracts";
import type { Journal } from "../events/follow.ts";
import type { Conflicts, HandIns } from "./hand-in.ts";
import type { Leases } from "./leases.ts";
import type { AdmittedScan, RedemptionLedger, ScanRecords } from "./ledger.ts";
import { modelConflicts, modelHandIns } from "./model/hand-in.ts";
import { modelLeases } from "./model/leases.ts";
import { modelLedger } from "./model/ledger.ts";
import { modelRecords } from "./model/records.ts";
import { keyOf, type ModelCode, type ModelState, tell } from "./model/state.ts";
import { refusalFor } from "./rules.ts";

export interface ModelOptions {
  now(): Date;
  /** @returns A fresh UUID. */
  newId(): string;
  /** `leased` when left out. */
  policy?(): OfflinePolicy;
}

/** One tenant's database as plain TypeScript: each call is one atomic step, and nothing is ever lost on the way. */
export interface ModelWorld {
  state: ModelState;
  ledger: RedemptionLedger & { decide(scan: AdmittedScan): ReturnType<ReturnType<typeof modelLedger>["decide"]> };
  records: ScanRecords;
  leases: Leases;
  handIns: HandIns;
  conflicts: Conflicts;
  journal: Journal;
  addCode(code: ModelCode): void;
  invalidate(codeId: CodeId, by: MemberId, holder: MemberId | null): InvalidateOutcome;
  /** @returns How many were cancelled. */
  invalidateAll(): number;
  /** Moves up to `limit` news into the journal, numbered. @returns What was moved. */
  relay(limit: number): ModelState["journal"];
}

/**
 * What the database does, as the simulation and the parity tests know it.
 *
 * @param options Clock, ids and the tenant's policy.
 */
export function modelWorld({ now, newId, policy = () => "leased" }: ModelOptions): ModelWorld {
  const state: ModelState = {
    now,
    newId,
    codes: new Map(),
    byOfflineId: new Map(),
    scans: new Map(),
    redemptions: [],
    checkouts: [],
    openCheckouts: new Map(),
    conflicts: [],
    devices: new Map(),
    staff: new Map(),
    outbox: [],
    journal: [],
  };
  const ledger = modelLedger(state);

  function cancel(code: ModelCode): void {
    code.invalidatedAt = now();
    code.version++;
    const { id: entityId, version, holder } = code;
    tell(state, { type: "code.revoked", entityId, version, scanId: null, payload: { holderId: holder.id } });
  }

  return {
    state,
    ledger,
    records: modelRecords(state),
    leases: modelLeases(state, policy),
    handIns: modelHandIns(state, ledger),
    conflicts: modelConflicts(state),

    journal: {
      since: async (seen, limit) => state.journal.slice(seen, seen + limit).map(eventOf),
      head: async () => state.journal.length,
    },

    addCode(code) {
      state.codes.set(keyOf(code.lookup), code);
      state.byOfflineId.set(keyOf(code.offlineId), code);
    },

    invalidate(codeId, _by, holder) {
      const code = [...state.codes.values()].find((one) => one.id === codeId && (!holder || one.holder.id === holder));
      const reason = usableReason(code ?? null, now());
      if (!code || reason) return { kind: "left_alone", reason: reason ?? "not_found" };
      cancel(code);
      return { kind: "invalidated", at: now().toISOString() };
    },

    invalidateAll() {
      const usable = [...state.codes.values()].filter((code) => usableReason(code, now()) === null);
      for (const code of usable) cancel(code);
      return usable.length;
    },

    relay(limit) {
      const moved = state.outbox
        .splice(0, limit)
        .map((news, index) => ({ ...news, seq: state.journal.length + index + 1 }));
      state.journal.push(...moved);
      return moved;
    },
  };
}

/** Why there is nothing to cancel; null when the code could still be used, now or later. */
function usableReason(code: ModelCode | null, at: Date) {
  const opened = code && { ...code, opensAt: at, lease: null, isRotating: false };
  const reason = refusalFor(opened, { at, now: at, deviceId: null, step: null });
  return reason === "revoked" || reason === "already_redeemed" || reason === "expired" || reason === "not_found"
    ? reason
    : null;
}

const eventOf = ({ seq, type, entityId, at, payload }: ModelState["journal"][number]): TenantEvent =>
  ({ seq, type, entityId, at: at.toISOString(), payload }) as TenantEvent;
