import type { RedemptionLedger } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import type { RedemptionQueue } from "./redemption-queue.ts";
import { outcomeOf } from "./redemption-row.ts";
import { storedAnswer } from "./stored-answer.ts";

/**
 * The ledger of one tenant: one SQL statement for all the scans that are waiting, which commits by itself.
 *
 * @param database Where.
 * @param scope Which tenant.
 * @param queue Of this tenant, shared by all its calls in this process.
 */
export function redemptionLedger(
  { hot }: Pick<Database, "hot">,
  scope: TenantScope,
  queue: RedemptionQueue,
): RedemptionLedger {
  return {
    redeem: (scan) => queue.decide(scan),

    async answerOf({ scanId, fingerprint }) {
      const row = await storedAnswer(hot, scope, scanId);
      const isSame = row && (row.fingerprint === null || row.fingerprint.equals(fingerprint));
      return isSame ? outcomeOf(row, scanId, true) : null;
    },
  };
}
