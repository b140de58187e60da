import { type ScanRecords, UNDO_MINUTES, type UndoRequest } from "../ledger.ts";
import { type ModelRedemption, type ModelState, tell } from "./state.ts";

/** What became of scans, and taking them back, as a model. */
export function modelRecords(state: ModelState): ScanRecords {
  const isTheirs = (request: UndoRequest["by"], by: UndoRequest["by"]) =>
    request.memberId !== null || request.deviceId === by.deviceId;

  function withdraw({ scanId, by }: UndoRequest) {
    const at = state.now().toISOString();
    const refusal = { reason: "withdrawn", evidence: { at } } as const;
    const outcome = { kind: "refused", scanId, replayed: false, refusal } as const;
    state.scans.set(scanId, { fingerprint: null, outcome, by, redemption: null });
    tell(state, { type: "scan.withdrawn", entityId: scanId, version: 0, scanId, payload: {} });
    return { kind: "withdrawn", scanId, at } as const;
  }

  /** @returns Whether the thing was where the redemption left it, and is back where it was before. */
  function takenBack({ checkout, code }: ModelRedemption, now: Date): boolean {
    const { resource } = code;
    if (code.purpose === "check_out") {
      if (checkout.returnedAt) return false;
      checkout.returnedAt = now;
      state.openCheckouts.delete(resource.id);
      return true;
    }
    const latest = state.checkouts.findLast((one) => one.resource === resource);
    if (latest !== checkout || !checkout.returnedAt) return false;
    checkout.returnedAt = null;
    state.openCheckouts.set(resource.id, checkout);
    return true;
  }

  return {
    async fateOf(scanId, by) {
      const scan = state.scans.get(scanId);
      if (!scan || !isTheirs(by, scan.by)) return { kind: "undecided", scanId };
      return { ...scan.outcome, replayed: true };
    },

    async undo(request) {
      const { scanId, by } = request;
      const scan = state.scans.get(scanId);
      if (!scan) return withdraw(request);
      const refused = (because: "not_redeemed" | "not_yours" | "too_late" | "moved_on") =>
        ({ kind: "refused", scanId, because }) as const;
      const { redemption, outcome } = scan;
      if (!isTheirs(by, scan.by)) return refused("not_yours");
      if (outcome.kind === "refused" && outcome.refusal.reason === "withdrawn") {
        return { kind: "withdrawn", scanId, at: outcome.refusal.evidence.at };
      }
      if (!redemption) return refused("not_redeemed");
      const { id: redemptionId, code, checkout } = redemption;
      if (redemption.undoneAt) return { kind: "undone", scanId, redemptionId, at: redemption.undoneAt.toISOString() };

      const now = state.now();
      if (now.getTime() - redemption.at.getTime() > UNDO_MINUTES * 60_000) return refused("too_late");
      if (!takenBack(redemption, now)) return refused("moved_on");
      redemption.undoneAt = now;
      code.version++;
      code.resource.version++;
      scan.outcome = { ...outcome, undoneAt: now.toISOString() } as typeof outcome;
      tell(state, {
        type: "code.undone",
        entityId: code.id,
        version: code.version,
        scanId,
        payload: {
          redemptionId,
          resourceId: code.resource.id,
          holderId: code.holder.id,
          purpose: code.purpose,
          dueAt: checkout.dueAt.toISOString(),
          resourceVersion: code.resource.version,
        },
      });
      return { kind: "undone", scanId, redemptionId, at: now.toISOString() };
    },
  };
}
