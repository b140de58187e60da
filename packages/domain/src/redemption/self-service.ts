import type { MemberId, Purpose, RedemptionOutcome, Refusal, SelfOutcome, SelfScan } from "@tessera/contracts";
import { type IssueTools, issueCode } from "./issue-code.ts";
import type { ScanRecords } from "./ledger.ts";
import { type RedeemTools, redeemCode } from "./redeem-code.ts";

/** What a member serves themselves with. */
export interface SelfServiceTools {
  issue: IssueTools;
  redeem: RedeemTools;
  records: Pick<ScanRecords, "fateOf">;
  /** @returns Whether the tenant lets its members do this. */
  isAllowed(): Promise<boolean>;
}

/**
 * A member takes a thing, or brings it back, without a desk: a code is made for them and redeemed at once, through the same
 * guard, ledger and rules as at a desk. Sent again with the same scan id it hears the same answer. Two tries that overlap make
 * a code each; the ledger lets one of them take the thing, and the other is told that one's answer.
 *
 * @param tools Of the tenant.
 * @param scan Which thing, and the id of this try.
 * @param purpose To take it or to bring it back.
 * @param memberId Who.
 * @returns Redeemed or refused as at a desk, or `not_allowed`.
 * @throws Failed As `redeemCode`.
 */
export async function serveSelf(
  tools: SelfServiceTools,
  scan: SelfScan,
  purpose: Purpose,
  memberId: MemberId,
): Promise<SelfOutcome> {
  const { scanId, resourceId } = scan;
  const before = await answerOf(tools, scan, memberId);
  if (before) return before;
  if (!(await tools.isAllowed())) return { kind: "not_allowed" };

  const code = await issueCode(tools.issue, { purpose, resourceId }, memberId);
  if (code.kind === "refused") return (await answerOf(tools, scan, memberId)) ?? refused(scan, code.refusal);

  const by = { deviceId: null, memberId };
  const outcome = await redeemCode(tools.redeem, { scanId, text: code.text, source: "api" }, by);
  return (outcome.kind === "refused" && (await answerOf(tools, scan, memberId))) || outcome;
}

/** What this member's try has come to before: a yes. A no may heal, and is decided anew. */
async function answerOf({ records }: SelfServiceTools, { scanId, resourceId }: SelfScan, memberId: MemberId) {
  const fate = await records.fateOf(scanId, { deviceId: null, memberId });
  const isTheirs = fate.kind === "redeemed" && fate.holder.id === memberId && fate.resource.id === resourceId;
  return isTheirs ? fate : null;
}

const refused = ({ scanId }: SelfScan, refusal: Refusal): RedemptionOutcome => ({
  kind: "refused",
  scanId,
  replayed: false,
  refusal,
});
