import type { RefusalReason } from "@tessera/contracts";

/** What a judgement needs to know of a code. */
export interface CodeFacts {
  uses: number;
  maxUses: number;
  opensAt: Date;
  expiresAt: Date;
  invalidatedAt: Date | null;
}

/** The reasons that lie in the code itself, in the order they are judged. */
export type CodeRefusal = Extract<
  RefusalReason,
  "not_found" | "revoked" | "not_yet_valid" | "already_redeemed" | "expired"
>;

/**
 * The whole admission rule. The SQL function `redeem_code` states it a second time; `ledger.suite.ts` holds the two
 * together. A cancelled code says so even when it was used: else it could pass for a harmless duplicate.
 *
 * @param code The code's facts, or null when this tenant has no such code.
 * @param at The moment to judge at; the window is half-open, `opensAt <= at < expiresAt`.
 * @returns The first reason that applies, or null when the code may be used.
 */
export function refusalFor(code: CodeFacts | null, at: Date): CodeRefusal | null {
  if (!code) return "not_found";
  if (code.invalidatedAt) return "revoked";
  if (at < code.opensAt) return "not_yet_valid";
  if (code.uses >= code.maxUses) return "already_redeemed";
  if (at >= code.expiresAt) return "expired";
  return null;
}
