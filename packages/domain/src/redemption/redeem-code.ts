import type { RedemptionOutcome, RefusalReason, Scan } from "@tessera/contracts";
import type { Guard } from "../guard/guard.ts";
import type { CodeKeys } from "../qr/keys.ts";
import { parseCode } from "../qr/token.ts";
import type { Redeemer, RedemptionLedger } from "./ledger.ts";

/** What a redemption is made with. */
export interface RedeemTools {
  keys: CodeKeys;
  guard: Guard;
  ledger: RedemptionLedger;
  /** Whether codes may be redeemed in this tenant at all. */
  isOn(): boolean;
}

/**
 * One redemption, top to bottom: read the text, keep the queue for this code short, let the ledger decide.
 *
 * @param tools Keys, guard, ledger and switch of one tenant.
 * @param scan The scan as the desk sent it.
 * @param by Who redeems.
 * @returns Redeemed, or refused with reason and evidence. `malformed`, `unsupported` and `disabled` are decided before
 *   the ledger and are not remembered: the same scan id may be sent again.
 * @throws Failed See `RedemptionLedger`.
 */
export async function redeemCode(tools: RedeemTools, scan: Scan, by: Redeemer): Promise<RedemptionOutcome> {
  const { keys, guard, ledger, isOn } = tools;
  const code = parseCode(scan.text);
  if (typeof code === "string") return refused(scan, code);

  const lookup = await keys.lookupOf(code.random);
  const fingerprint = await fingerprintOf(lookup);
  const admitted = { scanId: scan.scanId, lookup, fingerprint, source: scan.source, by };

  // A desk whose answer was lost hears it, whatever was switched since: the thing is out.
  if (!isOn()) return (await ledger.answerOf(admitted)) ?? refused(scan, "disabled");

  return guard.hold(`redeem:${hex(lookup.subarray(0, 8))}`, () => ledger.redeem(admitted));
}

function refused(
  scan: Scan,
  reason: Extract<RefusalReason, "malformed" | "unsupported" | "disabled">,
): RedemptionOutcome {
  return { kind: "refused", scanId: scan.scanId, replayed: false, refusal: { reason } };
}

/** Names the act, so that one scan id cannot be used for two different acts. */
async function fingerprintOf(lookup: Uint8Array): Promise<Uint8Array> {
  const act = new TextEncoder().encode("redeem:");
  const bytes = new Uint8Array(act.length + lookup.length);
  bytes.set(act);
  bytes.set(lookup, act.length);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
