import { groupBy } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { firstInvokes } from "./first-invokes.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("justification");

/**
 * Nobody is told "already used" of a code that was free: when that answer came back, as many scans as the code has uses had
 * been sent which won in the end.
 */
export function checkJustification({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const firstSent = firstInvokes(history.entries);
  const winners = groupBy(records.redemptions, ({ code }) => code);
  const fullAt = new Map<string, number>();

  /** When the last use can have been taken at the earliest. A winner that no client of ours sent may have been first. */
  const usedUpAt = (code: string): number => {
    const known = fullAt.get(code);
    if (known !== undefined) return known;
    const sent = (winners.get(code) ?? []).map(({ scan }) => firstSent.get(scan) ?? Number.NEGATIVE_INFINITY);
    const maxUses = history.codes.get(code)?.maxUses ?? 1;
    const at = sent.sort((a, b) => a - b)[maxUses - 1] ?? Number.POSITIVE_INFINITY;
    fullAt.set(code, at);
    return at;
  };

  return history.entries
    .filter((entry) => entry.op === "redeem" && entry.reason === "already_redeemed" && entry.type === "refused")
    .filter((entry) => usedUpAt(entry.key) > entry.return)
    .map(({ scan, key, node, return: heard }) => {
      const won = winners.get(key)?.length ?? 0;
      const answer = `At ${Math.round(heard)} ms ${node} told scan ${scan} that code ${key} was used`;
      return violation("I5", `${answer}; by then not all of its winners had been sent (${won} won in the end).`);
    });
}
