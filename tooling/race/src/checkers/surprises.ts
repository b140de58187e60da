import { groupBy } from "../history/history.ts";
import type { Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("surprises");

/** The ways in which a call may end undecided: each is foreseen, and asking again with the same scan id heals it. */
const FORESEEN = new Set(["busy", "unknown_outcome", "read_only", "unavailable", "unreachable", "rate_limited"]);

/**
 * Nothing fails in a way that nobody foresaw. So the belts are seen as well: when the guard lets a second use through, the
 * unique index or the check on the uses stops it, with an error (23505, 23514) that no client ever sees otherwise.
 */
export function checkSurprises({ history }: Pick<Run, "history">): Violation[] {
  const surprised = history.entries.filter(({ type, reason }) => type === "info" && !FORESEEN.has(reason ?? ""));
  return [...groupBy(surprised, ({ op, reason }) => `${op} ended with “${reason}”`)].map(([what, entries]) => {
    const first = entries[0];
    const where = `first at ${Math.round(first?.return ?? 0)} ms at ${first?.node}, scan ${first?.scan} of ${first?.key}`;
    const often = entries.length === 1 ? "Once" : `${entries.length} times`;
    return violation("I14", `${often} a ${what}, which nobody foresaw (${where}).`);
  });
}
