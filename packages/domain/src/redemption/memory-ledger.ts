import type {
  CheckoutId,
  CodeId,
  DeviceId,
  MemberId,
  Named,
  Purpose,
  Redeemed,
  RedemptionId,
  RedemptionOutcome,
  Refusal,
  ResourceId,
} from "@tessera/contracts";
import type { AdmittedScan, RedemptionLedger } from "./ledger.ts";
import { type CodeFacts, refusalFor } from "./rules.ts";

/** A code as the model keeps it. */
export interface ModelCode extends CodeFacts {
  id: CodeId;
  lookup: Uint8Array;
  purpose: Purpose;
  holder: Named<MemberId>;
  resource: Named<ResourceId> & { loanMinutes: number };
}

interface OpenCheckout {
  id: CheckoutId;
  holder: Named<MemberId>;
  dueAt: Date;
}

export interface ModelOptions {
  now(): Date;
  /** @returns A fresh UUID. */
  newId(): string;
  deskName(device: DeviceId): string;
}

/** The ledger as a model: what the SQL function does, in a page of TypeScript. One call is one atomic step. */
export interface MemoryLedger extends RedemptionLedger {
  codes: Map<string, ModelCode>;
  redemptions: Redeemed[];
}

/**
 * @param options Clock, ids and names of desks.
 * @returns An empty ledger; codes are put into `codes` under `keyOf(lookup)`.
 */
export function memoryLedger({ now, newId, deskName }: ModelOptions): MemoryLedger {
  const codes = new Map<string, ModelCode>();
  const scans = new Map<string, { fingerprint: string; outcome: RedemptionOutcome }>();
  const redemptions: Redeemed[] = [];
  const uses = new Map<CodeId, { at: string; desk: string | null; useNo: number }>();
  const out = new Map<ResourceId, OpenCheckout>();

  function decide({ scanId, lookup, by }: AdmittedScan): RedemptionOutcome {
    const code = codes.get(keyOf(lookup)) ?? null;
    const at = now();
    const refused = (refusal: Refusal): RedemptionOutcome => ({ kind: "refused", scanId, replayed: false, refusal });

    const reason = refusalFor(code, at);
    if (!code || reason) return refused(evidenced(reason ?? "not_found", code));

    const { holder, resource, purpose } = code;
    const standing = out.get(resource.id);
    if (purpose === "check_out" && standing) {
      const evidence = { resource: resource.name, holder: standing.holder.name, dueAt: standing.dueAt.toISOString() };
      return refused({ reason: "resource_unavailable", evidence });
    }
    if (purpose === "check_in" && standing?.holder.id !== holder.id) {
      return refused({ reason: "not_checked_out", evidence: { resource: resource.name } });
    }

    const dueAt = new Date(at.getTime() + resource.loanMinutes * 60_000);
    const checkout = standing ?? { id: newId() as CheckoutId, holder, dueAt };
    if (purpose === "check_out") out.set(resource.id, checkout);
    else out.delete(resource.id);
    code.uses++;
    const desk = by.deviceId ? deskName(by.deviceId) : null;
    uses.set(code.id, { at: at.toISOString(), desk, useNo: code.uses });

    const redeemed: Redeemed = {
      kind: "redeemed",
      scanId,
      replayed: false,
      redemptionId: newId() as RedemptionId,
      codeId: code.id,
      checkoutId: checkout.id,
      purpose,
      at: at.toISOString(),
      holder,
      resource: { id: resource.id, name: resource.name },
      dueAt: checkout.dueAt.toISOString(),
    };
    redemptions.push(redeemed);
    return redeemed;
  }

  function evidenced(reason: NonNullable<ReturnType<typeof refusalFor>>, code: ModelCode | null): Refusal {
    if (!code || reason === "not_found") return { reason: "not_found" };
    if (reason === "revoked") return { reason, evidence: { at: String(code.invalidatedAt?.toISOString()), by: null } };
    if (reason === "not_yet_valid") return { reason, evidence: { validFrom: code.opensAt.toISOString() } };
    if (reason === "expired") return { reason, evidence: { expiredAt: code.expiresAt.toISOString() } };
    const use = uses.get(code.id) ?? { at: now().toISOString(), desk: null, useNo: code.uses };
    return {
      reason,
      evidence: { ...use, holder: code.holder.name, resource: code.resource.name, maxUses: code.maxUses },
    };
  }

  return {
    codes,
    redemptions,
    async answerOf({ scanId, fingerprint }) {
      const before = scans.get(scanId);
      return before?.fingerprint === keyOf(fingerprint) ? { ...before.outcome, replayed: true } : null;
    },
    async redeem(scan) {
      const before = scans.get(scan.scanId);
      const fingerprint = keyOf(scan.fingerprint);
      if (before && before.fingerprint !== fingerprint) {
        const refusal = { reason: "idempotency_mismatch" } as const;
        return { kind: "refused", scanId: scan.scanId, replayed: false, refusal };
      }
      if (before) return { ...before.outcome, replayed: true };

      const outcome = decide(scan);
      scans.set(scan.scanId, { fingerprint, outcome });
      return outcome;
    },
  };
}

/** @returns Bytes as a key of a map. */
export const keyOf = (bytes: Uint8Array): string => bytes.join(",");
