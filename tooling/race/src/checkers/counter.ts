import { groupBy } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { counted, few, type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("counter");

/**
 * No code is used more often than it may be: neither in what the clients heard nor in what is written down, and its uses are
 * numbered 1, 2, 3 without a gap.
 */
export function checkCounter({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const found: Violation[] = [];

  const redemptions = groupBy(records.redemptions, ({ code }) => code);
  const wins = history.entries.filter(({ op, type }) => op === "redeem" && type === "ok");
  for (const [code, entries] of groupBy(wins, ({ key }) => key)) {
    const written = redemptions.get(code) ?? [];
    const scans = [...new Set([...entries, ...written].map(({ scan }) => scan))];
    const maxUses = history.codes.get(code)?.maxUses ?? 1;
    if (scans.length > maxUses) {
      found.push(
        violation("I1", `Code ${code} has ${counted(maxUses, "use")}; ${scans.length} scans took it: ${few(scans)}.`),
      );
    }
  }

  for (const { id, uses, maxUses } of records.codes) {
    const numbers = (redemptions.get(id) ?? []).map(({ useNo }) => useNo).sort((a, b) => a - b);
    if (uses > maxUses) found.push(violation("I1", `Code ${id} counts ${uses} of ${counted(maxUses, "use")}.`));
    if (numbers.length !== uses) {
      found.push(
        violation(
          "I1",
          `Code ${id} counts ${counted(uses, "use")}; written down: ${counted(numbers.length, "redemption")}.`,
        ),
      );
    } else if (numbers.some((useNo, index) => useNo !== index + 1)) {
      found.push(violation("I1", `The uses of code ${id} are numbered ${numbers.join(", ")}.`));
    }
  }
  return found;
}
