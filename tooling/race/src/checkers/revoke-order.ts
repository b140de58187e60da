import type { Run } from "../history/run.ts";
import { firstInvokes } from "./first-invokes.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("revoke order");

/** Once "cancelled" was answered, no scan that is sent after that redeems the code. */
export function checkRevokeOrder({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const cancelledAt = new Map<string, number>();
  for (const { op, type, key, return: heard } of history.entries) {
    if (op !== "revoke" || type !== "ok") continue;
    cancelledAt.set(key, Math.min(heard, cancelledAt.get(key) ?? Number.POSITIVE_INFINITY));
  }

  const firstSent = firstInvokes(history.entries);
  return records.redemptions.flatMap(({ id, code, scan }) => {
    const sent = firstSent.get(scan);
    const cancelled = cancelledAt.get(code);
    if (sent === undefined || cancelled === undefined || sent <= cancelled) return [];
    const when = `sent at ${Math.round(sent)} ms, cancelled at ${Math.round(cancelled)} ms`;
    return [violation("I9", `Scan ${scan} redeemed code ${code} after it was cancelled (${when}; redemption ${id}).`)];
  });
}
