import { describe, expect, it } from "vitest";
import { redeemed, refused } from "../testing.ts";
import { batchSummary, summaryWords } from "./batch-summary.ts";
import type { RecentScan } from "./desk-state.ts";

const at = "2026-11-21T14:00:00.000Z";
const done = (number: number, purpose: "check_out" | "check_in" = "check_out"): RecentScan => ({
  outcome: redeemed(number, { purpose }),
  at,
});
const no = (number: number): RecentScan => ({ outcome: refused(number), at });
const alone = (number: number, verdict: RecentScan["verdict"] = null): RecentScan => ({
  outcome: {
    kind: "accepted",
    basis: "lease",
    scanId: redeemed(number).scanId,
    replayed: false,
    redeemed: redeemed(number),
  },
  at,
  verdict,
});

describe("the summary of many codes", () => {
  it("counts what went out, what came back, and what was not done", () => {
    const summary = batchSummary([done(1), done(2), done(3, "check_in"), no(4)]);
    expect(summary).toMatchObject({ out: 2, back: 1, toConfirm: 0 });
    expect(summaryWords(summary)).toBe("2 out, 1 back, 1 not done.");
  });

  it("counts what is to be confirmed until it is, and what was refused afterwards as not done", () => {
    expect(summaryWords(batchSummary([alone(1), alone(2, "redeemed"), alone(3, "already_redeemed")]))).toBe(
      "3 out, 1 to be confirmed, 1 not done.",
    );
  });

  it("says so when nothing was scanned", () => {
    expect(summaryWords(batchSummary([]))).toBe("No code was scanned.");
  });
});
