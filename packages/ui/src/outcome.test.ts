import { type RedemptionOutcome, type RefusalReason, refusals } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "./outcome.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-23T09:00:00Z") };
const ids = { scanId: "s", redemptionId: "r", codeId: "c", checkoutId: "k", replayed: false };
const redeemed = (rest: object) =>
  ({
    kind: "redeemed",
    ...ids,
    purpose: "check_out",
    at: "2026-11-23T09:00:00.000Z",
    holder: { id: "m", name: "Ada Park" },
    resource: { id: "t", name: "Cordless drill" },
    dueAt: "2026-11-24T14:00:00.000Z",
    ...rest,
  }) as unknown as RedemptionOutcome;

describe("an outcome", () => {
  it("tells whose, what and when it is due", () => {
    expect(outcomeOf(redeemed({}), speech)).toMatchObject({
      tone: "yes",
      word: "Checked out",
      subject: "Cordless drill, Ada Park",
      detail: "Due back Tue 14:00",
    });
  });

  it("thanks for a return in time and names the day of a late one", () => {
    expect(outcomeOf(redeemed({ purpose: "check_in" }), speech).detail).toBe("Back in time. Thank you");
    const late = redeemed({ purpose: "check_in", at: "2026-11-25T10:00:00.000Z" });
    expect(outcomeOf(late, speech).detail).toBe("Late: it was due Tue 14:00");
  });

  it("shows the evidence of a used code as a plain no", () => {
    const evidence = {
      at: "2026-11-23T08:02:00.000Z",
      desk: "Desk 2",
      holder: "Ada",
      resource: "Drill",
      useNo: 1,
      maxUses: 1,
    };
    const refusal = {
      kind: "refused",
      refusal: { reason: "already_redeemed", evidence },
      scanId: "s",
      replayed: false,
    };
    expect(outcomeOf(refusal as unknown as RedemptionOutcome, speech)).toEqual({
      tone: "no",
      word: "Already used",
      subject: null,
      detail: "Used by Ada at 08:02 at Desk 2, for Drill.",
      next: "Ask for a fresh code.",
    });
  });

  it("has a word and a tone for every refusal on the list", () => {
    const plain = (Object.keys(refusals) as RefusalReason[]).filter((reason) =>
      ["malformed", "unsupported", "disabled", "idempotency_mismatch", "not_found"].includes(reason),
    );
    for (const reason of plain) {
      const refusal = {
        kind: "refused",
        refusal: { reason },
        scanId: "s",
        replayed: false,
      } as unknown as RedemptionOutcome;
      expect(outcomeOf(refusal, speech).word.length).toBeGreaterThan(2);
    }
  });
});
