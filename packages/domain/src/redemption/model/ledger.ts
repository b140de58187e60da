import type { CheckoutId, Redeemed, RedemptionId, RedemptionOutcome, Refusal } from "@tessera/contracts";
import type { AdmittedScan, RedemptionLedger } from "../ledger.ts";
import { type CodeRefusal, judgedAt, refusalFor } from "../rules.ts";
import { deskOf, keyOf, type ModelCheckout, type ModelCode, type ModelState, tell } from "./state.ts";

/** The ledger as a model: what the SQL function `redeem_codes` does to one scan. One call is one atomic step. */
export function modelLedger(state: ModelState): RedemptionLedger & { decide(scan: AdmittedScan): RedemptionOutcome } {
  function decide(scan: AdmittedScan): RedemptionOutcome {
    const before = state.scans.get(scan.scanId);
    const fingerprint = keyOf(scan.fingerprint);
    if (before?.fingerprint && before.fingerprint !== fingerprint) {
      return { kind: "refused", scanId: scan.scanId, replayed: false, refusal: { reason: "idempotency_mismatch" } };
    }
    if (before) return { ...before.outcome, replayed: true };

    const code = state.codes.get(keyOf(scan.lookup)) ?? (scan.claimedAt && state.byOfflineId.get(keyOf(scan.lookup)));
    const outcome = take(state, scan, code ?? null);
    const redemption = outcome.kind === "redeemed" ? (state.redemptions.at(-1) ?? null) : null;
    state.scans.set(scan.scanId, { fingerprint, outcome, by: scan.by, redemption });
    return outcome;
  }

  return {
    decide,
    redeem: async (scan) => decide(scan),
    async answerOf({ scanId, fingerprint }) {
      const before = state.scans.get(scanId);
      const isSame = before && (before.fingerprint === null || before.fingerprint === keyOf(fingerprint));
      return isSame ? { ...before.outcome, replayed: true } : null;
    },
  };
}

/** Takes one use and the resource with it, or neither. */
function take(state: ModelState, scan: AdmittedScan, code: ModelCode | null): RedemptionOutcome {
  const now = state.now();
  const at = judgedAt(now, scan.claimedAt ?? null);
  const { deviceId } = scan.by;
  const reason = refusalFor(code, { at, now, deviceId, step: scan.claimedAt ? null : (scan.step ?? -1) });
  if (!code || reason) return refuse(state, scan, code, evidenced(state, reason ?? "not_found", code));

  const { holder, resource, purpose } = code;
  const standing = state.openCheckouts.get(resource.id);
  if (purpose === "check_out" && standing) {
    const evidence = { resource: resource.name, holder: standing.holder.name, dueAt: standing.dueAt.toISOString() };
    return refuse(state, scan, code, { reason: "resource_unavailable", evidence });
  }
  if (purpose === "check_in" && standing?.holder.id !== holder.id) {
    return refuse(state, scan, code, { reason: "not_checked_out", evidence: { resource: resource.name } });
  }
  const limit = purpose === "check_out" && !scan.claimedAt ? code.loanLimit : null;
  if (typeof limit === "number" && openLoansOf(state, holder.id) >= limit) {
    return refuse(state, scan, code, { reason: "limit_reached", evidence: { limit } });
  }

  const checkout = standing ? closed(state, standing, now) : opened(state, code, now);
  code.uses++;
  code.version++;
  if (scan.step !== undefined && code.isRotating) code.lastStep = scan.step;
  resource.version++;
  const redemption = {
    id: state.newId() as RedemptionId,
    code,
    useNo: code.uses,
    scanId: scan.scanId,
    checkout,
    by: scan.by,
    at: now,
    undoneAt: null,
  };
  state.redemptions.push(redemption);
  const redeemed: Redeemed = {
    kind: "redeemed",
    scanId: scan.scanId,
    replayed: false,
    redemptionId: redemption.id,
    codeId: code.id,
    checkoutId: checkout.id,
    purpose,
    at: now.toISOString(),
    holder,
    resource: { id: resource.id, name: resource.name },
    dueAt: checkout.dueAt.toISOString(),
    undoneAt: null,
  };
  tell(state, {
    type: "code.redeemed",
    entityId: code.id,
    version: code.version,
    scanId: scan.scanId,
    payload: {
      redemptionId: redemption.id,
      checkoutId: checkout.id,
      purpose,
      resourceId: resource.id,
      holderId: holder.id,
      dueAt: redeemed.dueAt,
      useNo: code.uses,
      resourceVersion: resource.version,
    },
  });
  return redeemed;
}

const openLoansOf = ({ openCheckouts }: ModelState, holderId: string) =>
  [...openCheckouts.values()].filter(({ holder }) => holder.id === holderId).length;

function opened(state: ModelState, { resource, holder }: ModelCode, now: Date): ModelCheckout {
  const dueAt = new Date(now.getTime() + resource.loanMinutes * 60_000);
  const checkout = { id: state.newId() as CheckoutId, resource, holder, outAt: now, dueAt, returnedAt: null };
  state.checkouts.push(checkout);
  state.openCheckouts.set(resource.id, checkout);
  return checkout;
}

function closed(state: ModelState, checkout: ModelCheckout, now: Date): ModelCheckout {
  checkout.returnedAt = now;
  state.openCheckouts.delete(checkout.resource.id);
  return checkout;
}

/** A refusal is remembered and told like a yes; offline, of a code that exists, somebody has to look after it. */
function refuse(state: ModelState, scan: AdmittedScan, code: ModelCode | null, refusal: Refusal): RedemptionOutcome {
  const { scanId, by, claimedAt } = scan;
  const isConflict = Boolean(claimedAt && code);
  if (claimedAt && code) {
    const desk = by.deviceId ? state.devices.get(by.deviceId) : undefined;
    state.conflicts.push({
      id: state.newId() as ModelState["conflicts"][number]["id"],
      scanId,
      reason: refusal.reason,
      refusal,
      purpose: code.purpose,
      desk: desk ? { id: desk.id, name: desk.name } : null,
      holder: code.holder,
      resource: { id: code.resource.id, name: code.resource.name },
      claimedAt: claimedAt.toISOString(),
      at: state.now().toISOString(),
      settledAt: null,
      resolution: null,
    });
  }
  tell(state, {
    type: isConflict ? "code.conflict" : "code.refused",
    entityId: code?.id ?? scanId,
    version: code?.version ?? 0,
    scanId,
    payload: { reason: refusal.reason, holderId: code?.holder.id ?? null },
  });
  return { kind: "refused", scanId, replayed: false, refusal };
}

function evidenced(state: ModelState, reason: CodeRefusal, code: ModelCode | null): Refusal {
  if (!code) return { reason: "not_found" };
  switch (reason) {
    case "revoked":
      return { reason, evidence: { at: String(code.invalidatedAt?.toISOString()), by: null } };
    case "not_yet_valid":
      return { reason, evidence: { validFrom: code.opensAt.toISOString() } };
    case "expired":
      return { reason, evidence: { expiredAt: code.expiresAt.toISOString() } };
    case "held_offline": {
      const desk = code.lease && state.devices.get(code.lease.deviceId);
      return { reason, evidence: { desk: desk?.name ?? null, until: String(code.lease?.until.toISOString()) } };
    }
    case "already_redeemed": {
      const last = state.redemptions.findLast((one) => one.code === code);
      const evidence = {
        at: (last?.at ?? state.now()).toISOString(),
        desk: last ? deskOf(state, last.by) : null,
        holder: code.holder.name,
        resource: code.resource.name,
        useNo: last?.useNo ?? code.uses,
        maxUses: code.maxUses,
      };
      return { reason, evidence };
    }
    default:
      return { reason };
  }
}
