import { groupBy, type HistoryEntry } from "../history/history.ts";
import type { ScanRecord } from "../history/records.ts";
import type { Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("stability");

/** Said before the ledger is asked, and not remembered: the same scan may be sent again and hear something else. */
const NOT_REMEMBERED = new Set([
  "malformed",
  "unsupported",
  "unknown_key",
  "bad_signature",
  "wrong_audience",
  "disabled",
  "rate_limited",
  "idempotency_mismatch", // about another act than the one that was decided
]);

/** One scan id hears one answer, for ever, and it is the one that is written down. */
export function checkStability({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const kept = new Map(records.scans.map((one) => [one.scan, one]));
  const decided = history.entries.filter(
    ({ op, type, reason }) => op === "redeem" && type !== "info" && !NOT_REMEMBERED.has(reason ?? ""),
  );

  const found: Violation[] = [];
  for (const [scan, entries] of groupBy(decided, (entry) => entry.scan)) {
    const answers = [...new Set(entries.map(answerIn))];
    if (answers.length > 1) {
      found.push(
        violation("I4", `Scan ${scan} heard ${answers.length} different answers: ${answers.join("; then ")}.`),
      );
      continue;
    }
    const record = kept.get(scan);
    const written = record ? answerOf(record) : "nothing";
    if (answers[0] !== written) {
      found.push(violation("I4", `Scan ${scan} heard "${answers[0]}", and what is written down is "${written}".`));
    }
  }
  return found;
}

const answerIn = ({ type, reason, redemption }: HistoryEntry): string =>
  type === "ok" ? `redeemed as ${redemption}` : `refused: ${reason}`;

const answerOf = ({ outcome, reason, redemption }: ScanRecord): string => {
  if (outcome === "pending") return "pending";
  return outcome === "redeemed" ? `redeemed as ${redemption}` : `refused: ${reason}`;
};
