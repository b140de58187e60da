import type { Answer } from "./answer.ts";
import type { RecentScan } from "./desk-state.ts";

/** What many codes in a row came to. */
export interface BatchSummary {
  out: number;
  back: number;
  /** Accepted alone and not confirmed yet; they count above too, where the desk knows which way the thing went. */
  toConfirm: number;
  /** Not done, newest first: somebody has to look at each. */
  notDone: RecentScan[];
}

/** @param scans Every answer of the batch. */
export function batchSummary(scans: readonly RecentScan[]): BatchSummary {
  const ways = scans.map(({ outcome }) => wayOf(outcome));
  const isRefusedSince = ({ verdict }: RecentScan) => !!verdict && verdict !== "redeemed";
  return {
    out: ways.filter((way) => way === "check_out").length,
    back: ways.filter((way) => way === "check_in").length,
    toConfirm: scans.filter(({ outcome, verdict }) => outcome.kind === "accepted" && !verdict).length,
    notDone: scans.filter(
      (scan) => scan.outcome.kind === "refused" || scan.outcome.kind === "passed_before" || isRefusedSince(scan),
    ),
  };
}

function wayOf(answer: Answer) {
  if (answer.kind === "redeemed") return answer.purpose;
  return answer.kind === "accepted" && answer.basis === "lease" ? answer.redeemed.purpose : null;
}

/** The counts in one sentence: "3 out, 1 back, 1 not done." */
export function summaryWords({ out, back, toConfirm, notDone }: BatchSummary): string {
  const parts = [
    out > 0 && `${out} out`,
    back > 0 && `${back} back`,
    toConfirm > 0 && `${toConfirm} to be confirmed`,
    notDone.length > 0 && `${notDone.length} not done`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(", ")}.` : "No code was scanned.";
}
