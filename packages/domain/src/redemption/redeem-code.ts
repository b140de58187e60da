import type { RedemptionOutcome, Scan, TenantId } from "@tessera/contracts";
import type { Guard } from "../guard/guard.ts";
import { type CodeTools, type EarlyReason, guardKeyOf, readText } from "./code-tools.ts";
import type { Redeemer, RedemptionLedger } from "./ledger.ts";

/** What a redemption is made with. */
export interface RedeemTools extends CodeTools {
  tenantId: TenantId;
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
 * @returns Redeemed, or refused with reason and evidence. What `readText` refuses, and `disabled`, is decided before the
 *   ledger and is not remembered: the same scan id may be sent again.
 * @throws Failed See `RedemptionLedger`.
 */
export async function redeemCode(tools: RedeemTools, scan: Scan, by: Redeemer): Promise<RedemptionOutcome> {
  const { tenantId, guard, ledger, isOn } = tools;
  const { scanId, source } = scan;
  const code = await readText(tools, scan.text);
  if (typeof code === "string") return refused(scan, code);

  const { lookup, step } = code;
  const fingerprint = await tools.keys.offlineIdOf(code.secretPart);
  const admitted = { scanId, lookup, fingerprint, source, by, ...(step === null ? {} : { step }) };

  // A desk whose answer was lost hears it, whatever was switched since: the thing is out.
  if (!isOn()) return (await ledger.answerOf(admitted)) ?? refused(scan, "disabled");

  return guard.hold(guardKeyOf(tenantId, lookup), () => ledger.redeem(admitted));
}

const refused = ({ scanId }: Scan, reason: EarlyReason): RedemptionOutcome => ({
  kind: "refused",
  scanId,
  replayed: false,
  refusal: { reason },
});
