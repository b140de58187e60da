import { describe, expect, it } from "vitest";
import { redeemed, scan } from "../testing.ts";
import { sendScan } from "./send-scan.ts";

const asTheClientThrows = (data?: object) => Object.assign(new Error("x"), { name: "TRPCClientError", data });
const busy = asTheClientThrows({ code: "CONFLICT", failure: "busy" });
const unreachable = asTheClientThrows();
const atOnce = { pause: async () => {} };

function answering(...answers: unknown[]) {
  const ids: string[] = [];
  const redeem = async ({ scanId }: { scanId: string }) => {
    ids.push(scanId);
    const answer = answers[Math.min(ids.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer as ReturnType<typeof redeemed>;
  };
  return { ids, redeem };
}

describe("sending a scan", () => {
  it("asks again under the same id until it is decided", async () => {
    const { ids, redeem } = answering(unreachable, busy, redeemed(1));
    expect(await sendScan(redeem, scan(1), atOnce)).toEqual({ kind: "answered", outcome: redeemed(1) });
    expect(ids).toEqual(Array(3).fill(scan(1).scanId));
  });

  it("gives up after five tries and says why, and that is not a refusal", async () => {
    const { ids, redeem } = answering(busy);
    expect(await sendScan(redeem, scan(1), atOnce)).toEqual({ kind: "undecided", because: "busy" });
    expect(ids).toHaveLength(5);
  });

  it("does not insist on a surprise", async () => {
    const { ids, redeem } = answering(asTheClientThrows({ code: "BAD_REQUEST" }));
    expect(await sendScan(redeem, scan(1), atOnce)).toEqual({ kind: "undecided", because: "unexpected" });
    expect(ids).toHaveLength(1);
  });

  it("tells when the server does not know this desk any more", async () => {
    const { redeem } = answering(asTheClientThrows({ code: "UNAUTHORIZED" }));
    expect(await sendScan(redeem, scan(1), atOnce)).toEqual({ kind: "turned_away" });
  });
});
