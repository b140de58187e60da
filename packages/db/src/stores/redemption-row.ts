import type {
  CheckoutId,
  CodeId,
  DeviceId,
  MemberId,
  Purpose,
  RedemptionId,
  RedemptionOutcome,
  Refusal,
  RefusalReason,
  ResourceId,
  ScanId,
} from "@tessera/contracts";

/** What the view `scan_answers` says of a decided scan. Which columns are filled follows from outcome and reason. */
export interface AnswerRow {
  outcome: "redeemed" | "refused";
  reason: RefusalReason | null;
  redemption_id: RedemptionId;
  code_id: CodeId;
  checkout_id: CheckoutId;
  purpose: Purpose;
  at: Date;
  holder_id: MemberId;
  holder: string;
  resource_id: ResourceId;
  resource: string;
  due_at: Date | null;
  out_to: string | null;
  use_no: number;
  max_uses: number;
  not_before: Date;
  expires_at: Date;
  desk: string | null;
  cancelled_by: string | null;
  undone_at: Date | null;
  held_until: Date;
  held_by: string | null;
}

/** With what only the view itself tells. */
export interface StoredAnswerRow extends AnswerRow {
  fingerprint: Buffer | null;
  device_id: DeviceId | null;
  actor_id: MemberId | null;
}

/** With what the functions that decide add: the scan's place in the call, and whether it was decided before. */
export interface DecidedRow extends AnswerRow {
  n: number;
  replayed: boolean;
}

/**
 * @param row What the database says.
 * @param scanId Of which scan.
 * @param replayed Whether it had been decided before.
 * @returns The outcome as everybody hears it.
 * @throws Error For a row without what its outcome needs: a fault of ours.
 */
export function outcomeOf(row: AnswerRow, scanId: ScanId, replayed: boolean): RedemptionOutcome {
  if (row.outcome === "refused") return { kind: "refused", scanId, replayed, refusal: refusalOf(row) };
  return {
    kind: "redeemed",
    scanId,
    replayed,
    redemptionId: row.redemption_id,
    codeId: row.code_id,
    checkoutId: row.checkout_id,
    purpose: row.purpose,
    at: row.at.toISOString(),
    holder: { id: row.holder_id, name: row.holder },
    resource: { id: row.resource_id, name: row.resource },
    dueAt: (row.due_at ?? row.at).toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
  };
}

function refusalOf(row: AnswerRow): Refusal {
  const { reason, resource, holder, desk } = row;
  switch (reason) {
    case "already_redeemed": {
      const { use_no: useNo, max_uses: maxUses } = row;
      return { reason, evidence: { at: row.at.toISOString(), desk, holder, resource, useNo, maxUses } };
    }
    case "revoked":
      return { reason, evidence: { at: row.at.toISOString(), by: row.cancelled_by } };
    case "not_yet_valid":
      return { reason, evidence: { validFrom: row.not_before.toISOString() } };
    case "expired":
      return { reason, evidence: { expiredAt: row.expires_at.toISOString() } };
    case "withdrawn":
      return { reason, evidence: { at: row.at.toISOString() } };
    case "held_offline":
      return { reason, evidence: { desk: row.held_by, until: row.held_until.toISOString() } };
    case "resource_unavailable":
      return { reason, evidence: { resource, holder: row.out_to, dueAt: row.due_at?.toISOString() ?? null } };
    case "queue_ahead":
      return { reason, evidence: { resource, until: row.held_until.toISOString(), place: null } };
    case "limit_reached":
      return { reason, evidence: { limit: row.max_uses } };
    case "not_checked_out":
      return { reason, evidence: { resource } };
    case null:
      throw new Error("the ledger refused without a reason");
    default:
      return { reason };
  }
}
