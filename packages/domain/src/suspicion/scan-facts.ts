import type { Refusal, RefusalReason, SuspicionKind } from "@tessera/contracts";
import { TRAVEL_MS } from "./suspicions.ts";

/** What a refused scan may be a sign of. */
export interface ScanFact {
  kind: SuspicionKind;
  what: RefusalReason;
  elsewhere?: string;
  /** Whether the same code again is the same fact. */
  isOncePerCode: boolean;
}

const NONE_OF_OURS: ReadonlySet<RefusalReason> = new Set([
  "malformed",
  "unsupported",
  "unknown_key",
  "wrong_audience",
  "not_found",
]);

/**
 * @param refusal What a desk heard.
 * @param place What that desk, or whoever redeems at a screen of their own, is called.
 * @param now When it heard so.
 * @returns What it may be a sign of. Most refusals are of nothing: somebody is late, or a thing is out.
 */
export function scanFacts(refusal: Refusal, place: string, now: Date): ScanFact[] {
  const { reason } = refusal;
  if (NONE_OF_OURS.has(reason)) return [{ kind: "failed_validations", what: reason, isOncePerCode: false }];
  if (reason === "bad_signature") return [{ kind: "forged_codes", what: reason, isOncePerCode: false }];
  if (reason === "rotating_code_replayed") return [{ kind: "code_reuse", what: reason, isOncePerCode: true }];
  if (refusal.reason !== "already_redeemed") return [];
  const { desk, at } = refusal.evidence;
  if (desk === null || desk === place) return []; // held up twice where it was used: that is a person, not a copy
  const reuse: ScanFact = { kind: "code_reuse", what: reason, elsewhere: desk, isOncePerCode: true };
  const isTooSoon = now.getTime() - new Date(at).getTime() < TRAVEL_MS;
  return isTooSoon ? [reuse, { ...reuse, kind: "two_places" }] : [reuse];
}
