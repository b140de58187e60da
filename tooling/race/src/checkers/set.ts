import { groupBy } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("set");

/**
 * What was acknowledged is written down: each yes has the redemption it named, each redemption its event, and no scan is left
 * half decided.
 */
export function checkSet({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const found: Violation[] = [];

  const redemptions = new Map(records.redemptions.map((one) => [one.id, one]));
  for (const { op, type, scan, key, redemption, node, return: heard } of history.entries) {
    if (op !== "redeem" || type !== "ok") continue;
    const kept = redemptions.get(redemption ?? "");
    if (kept?.scan === scan && kept.code === key) continue;
    const instead = kept ? `that is scan ${kept.scan} of code ${kept.code}` : "there is no such redemption";
    found.push(
      violation(
        "I3",
        `At ${Math.round(heard)} ms ${node} said yes to scan ${scan} of code ${key} as redemption ${redemption}; ${instead}.`,
      ),
    );
  }

  const redeemed = [...records.outbox, ...records.journal].filter(({ type }) => type === "code.redeemed");
  const events = groupBy(redeemed, ({ scan }) => scan ?? "");
  for (const { id, scan } of records.redemptions) {
    const told = events.get(scan)?.length ?? 0;
    if (told !== 1) found.push(violation("I6", `Redemption ${id} of scan ${scan} has ${told} events, not one.`));
  }
  if (redeemed.length !== records.redemptions.length) {
    const counts = `${records.redemptions.length} redemptions, ${redeemed.length} events code.redeemed`;
    found.push(violation("I6", `Redemptions and their events differ in number: ${counts}.`));
  }

  for (const { scan, outcome } of records.scans) {
    if (outcome === "pending") found.push(violation("I6", `Scan ${scan} was committed undecided.`));
  }
  return found;
}
