import type {
  CheckoutId,
  Instant,
  Redeemed,
  RedemptionId,
  Refusal,
  RefusalReason,
  Refused,
  ScanId,
} from "@tessera/contracts";
import type { SignedFacts } from "@tessera/domain/qr/signed-facts";
import type { LeasedCode } from "@tessera/domain/redemption/leases";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import { type CodeFacts, type CodeRefusal, refusalFor } from "@tessera/domain/redemption/rules";
import type { DeskIdentity, ThingRow, UseRow } from "./rows.ts";

/** What a scan hears from the desk itself. A yes is a promise to hand in, shown in amber: the server has the last word. */
export type OfflineOutcome =
  /** The desk holds the code ready. The ids in it are the desk's own; the server gives its own with the verdict. */
  | { kind: "accepted"; basis: "lease"; scanId: ScanId; replayed: boolean; redeemed: Redeemed }
  /** The signature is good. Whose code it is, and for what, the desk does not know. */
  | { kind: "accepted"; basis: "signature"; scanId: ScanId; replayed: boolean; at: Instant }
  /** Good signature, but it passed here at this time, or was used or cancelled elsewhere (null). */
  | { kind: "passed_before"; scanId: ScanId; replayed: boolean; at: Instant | null }
  | Refused;

/** What is known of a code that this desk holds ready. */
export interface KnownLease {
  code: LeasedCode;
  use: UseRow | null;
  /** Where its thing is since the manifest; null when it has not moved. */
  thing: ThingRow | null;
  /** The mark of the code's holder with this thing. */
  holder: string;
  /** The mark of the thing. */
  mark: string;
}

export interface JudgeTools {
  desk: DeskIdentity;
  /** @returns A fresh UUID. */
  newId(): string;
}

/** An answer, and where the thing is after it; null when it stays. */
export interface Judgement {
  outcome: OfflineOutcome;
  moved: ThingRow | null;
}

/**
 * The judgement of a held code, by the very rules of the server.
 *
 * @param tools Of the desk.
 * @param scan What was scanned.
 * @param known The code, and what has happened since the manifest.
 * @param at Now, in the server's time as far as the desk can tell.
 */
export function judgeLease({ desk, newId }: JudgeTools, scan: AdmittedScan, known: KnownLease, at: Date): Judgement {
  const { code, use, thing, holder, mark } = known;
  const { scanId } = scan;
  const no = (refusal: Refusal): Judgement => ({ outcome: refused(scanId, refusal), moved: null });

  const reason = refusalFor(factsOf(code, use), { at, now: at, deviceId: desk.deviceId, step: null });
  if (reason) return no(evidenced(reason, known, desk, at));

  const standing = standingOf(known);
  const { resource } = code;
  if (code.purpose === "check_out" && standing) {
    const evidence = { resource: resource.name, holder: standing.name, dueAt: standing.dueAt };
    return no({ reason: "resource_unavailable", evidence });
  }
  if (code.purpose === "check_in" && !standing?.isHolder) {
    return no({ reason: "not_checked_out", evidence: { resource: resource.name } });
  }

  const checkoutId = thing?.checkoutId ?? newId();
  const dueAt = standing?.dueAt ?? new Date(at.getTime() + resource.loanMinutes * 60_000).toISOString();
  const redeemed: Redeemed = {
    kind: "redeemed",
    scanId,
    replayed: false,
    redemptionId: newId() as RedemptionId,
    codeId: code.codeId,
    checkoutId: checkoutId as CheckoutId,
    purpose: code.purpose,
    at: at.toISOString(),
    holder: code.holder,
    resource: { id: resource.id, name: resource.name },
    dueAt,
    undoneAt: null,
  };
  return {
    outcome: { kind: "accepted", basis: "lease", scanId, replayed: false, redeemed },
    moved: { thing: mark, holder: code.purpose === "check_out" ? holder : null, checkoutId, dueAt },
  };
}

/**
 * The judgement of a code that the desk knows by its signature alone.
 *
 * @param scanId Of the scan.
 * @param proven What the code says of itself, or why it proves nothing.
 * @param use What is known of it since the manifest.
 * @param at Now, in the server's time as far as the desk can tell.
 */
export function judgeSignature(
  scanId: ScanId,
  proven: SignedFacts | RefusalReason,
  use: UseRow | null,
  at: Date,
): OfflineOutcome {
  if (typeof proven === "string") return refused(scanId, { reason: proven } as Refusal);

  const { maxUses, notBefore: opensAt, expiresAt } = proven;
  const facts = factsOf({ uses: 0, maxUses, opensAt, expiresAt }, use);
  const reason = refusalFor(facts, { at, now: at, deviceId: null, step: null });
  if (reason === "not_yet_valid") return refused(scanId, { reason, evidence: { validFrom: opensAt.toISOString() } });
  if (reason === "expired") return refused(scanId, { reason, evidence: { expiredAt: expiresAt.toISOString() } });
  if (reason) return { kind: "passed_before", scanId, replayed: false, at: use?.at ?? null };
  return { kind: "accepted", basis: "signature", scanId, replayed: false, at: at.toISOString() };
}

/** @returns A "no" of this scan. */
export const refused = (scanId: ScanId, refusal: Refusal): Refused => ({
  kind: "refused",
  scanId,
  replayed: false,
  refusal,
});

function factsOf(code: Pick<CodeFacts, "uses" | "maxUses" | "opensAt" | "expiresAt">, use: UseRow | null): CodeFacts {
  const { uses, maxUses, opensAt, expiresAt } = code;
  return {
    uses: use?.isSpent ? maxUses : uses + (use?.taken ?? 0),
    maxUses,
    opensAt,
    expiresAt,
    invalidatedAt: use?.revokedAt ? new Date(use.revokedAt) : null,
  };
}

/** Who has the thing. What has happened here counts before what the server said when it gave the code. */
function standingOf({ code, thing, holder }: KnownLease) {
  if (thing?.holder === null) return null;
  if (thing) return { isHolder: thing.holder === holder, name: null, dueAt: thing.dueAt };
  const { standing } = code;
  if (!standing) return null;
  const isHolder = standing.holderId === code.holder.id;
  return { isHolder, name: standing.holder, dueAt: standing.dueAt.toISOString() };
}

function evidenced(reason: CodeRefusal, { code, use }: KnownLease, desk: DeskIdentity, at: Date): Refusal {
  switch (reason) {
    case "revoked":
      return { reason, evidence: { at: use?.revokedAt ?? at.toISOString(), by: null } };
    case "not_yet_valid":
      return { reason, evidence: { validFrom: code.opensAt.toISOString() } };
    case "expired":
      return { reason, evidence: { expiredAt: code.expiresAt.toISOString() } };
    case "already_redeemed": {
      const { holder, resource, maxUses } = code;
      const useNo = use?.isSpent ? maxUses : code.uses + (use?.taken ?? 0);
      return {
        reason,
        evidence: {
          at: use?.at ?? at.toISOString(),
          desk: use?.at ? desk.name : null,
          holder: holder.name,
          resource: resource.name,
          useNo,
          maxUses,
        },
      };
    }
    default:
      throw new RangeError(`a desk cannot judge "${reason}"`);
  }
}
