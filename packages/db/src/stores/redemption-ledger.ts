import type {
  CheckoutId,
  CodeId,
  MemberId,
  Purpose,
  RedemptionId,
  RedemptionOutcome,
  Refusal,
  RefusalReason,
  ResourceId,
} from "@tessera/contracts";
import type { AdmittedScan, RedemptionLedger } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf, isWorthAnotherTry } from "../failure.ts";

/** A named statement: planned once per connection. An unnamed one costs twice as much (docs/decisions/0004). */
const REDEEM = { name: "redeem_code", text: "SELECT * FROM redeem_code($1, $2, $3, $4, $5, $6, $7)" };
const ANSWERED = { name: "answered_scan", text: "SELECT *, true AS replayed FROM answered_scan($1, $2, $3)" };
const TRIES = 3;

/**
 * The ledger of one tenant: one SQL statement, which commits by itself.
 *
 * @param database Where.
 * @param scope Which tenant.
 * @param onDecided Called after each decision, so that its news can leave.
 */
export function redemptionLedger({ hot }: Database, scope: TenantScope, onDecided: () => void): RedemptionLedger {
  async function decide(scan: AdmittedScan, triesLeft: number): Promise<Row> {
    const { scanId, lookup, fingerprint, source, by } = scan;
    const values = [scope, scanId, Buffer.from(lookup), Buffer.from(fingerprint), source, by.memberId, by.deviceId];
    try {
      const { rows } = await hot.query<Row>({ ...REDEEM, values });
      const [row] = rows;
      if (!row) throw new Error("redeem_code gave no row");
      return row;
    } catch (error) {
      if (triesLeft > 1 && isWorthAnotherTry(error)) return decide(scan, triesLeft - 1);
      throw failureOf(error);
    }
  }

  return {
    async redeem(scan) {
      const row = await decide(scan, TRIES);
      onDecided();
      return outcomeOf(row, scan);
    },

    async answerOf(scan) {
      const values = [scope, scan.scanId, Buffer.from(scan.fingerprint)];
      const { rows } = await hot.query<Row>({ ...ANSWERED, values }).catch((error) => {
        throw failureOf(error);
      });
      const [row] = rows;
      return row ? outcomeOf(row, scan) : null;
    },
  };
}

/** What `redeem_code` gives. Which columns are filled follows from outcome and reason. */
interface Row {
  outcome: "redeemed" | "refused";
  reason: RefusalReason | null;
  replayed: boolean;
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
}

function outcomeOf(row: Row, { scanId }: AdmittedScan): RedemptionOutcome {
  const { replayed } = row;
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
  };
}

function refusalOf(row: Row): Refusal {
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
    case "resource_unavailable":
      return { reason, evidence: { resource, holder: row.out_to, dueAt: row.due_at?.toISOString() ?? null } };
    case "not_checked_out":
      return { reason, evidence: { resource } };
    case null:
      throw new Error("the ledger refused without a reason");
    default:
      return { reason };
  }
}
