import type { Checkout } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { noRedemptions, type RedeemedEvent, withRedemption } from "../../live/redemptions.ts";
import type { HeldCode } from "./held-code.ts";
import { settlementOf } from "./settlement.ts";

const due = "2026-11-24T14:00:00.000Z";
const held = { shownIds: ["old", "new"], since: "2026-11-23T09:00:00.000Z" } as unknown as HeldCode;
const heard = (codeId: string) =>
  withRedemption(noRedemptions, { type: "code.redeemed", entityId: codeId, payload: { dueAt: due } } as RedeemedEvent);
const loan = (outAt: string, returnedAt: string | null = null, resourceId = "drill") =>
  ({ resource: { id: resourceId }, outAt, returnedAt, dueAt: due }) as Checkout;

const facts = { purpose: "check_out", resourceId: "drill", redemptions: noRedemptions, loans: [] } as const;
const before = "2026-11-23T08:59:59.999Z";
const after = "2026-11-23T09:04:00.000Z";

describe("a check-out", () => {
  it("is not settled while nothing was heard", () => {
    expect(settlementOf(held, facts)).toBeNull();
  });

  it("is settled by the event of the code on show, and of the one before its renewal", () => {
    expect(settlementOf(held, { ...facts, redemptions: heard("new") })).toEqual({ purpose: "check_out", dueAt: due });
    expect(settlementOf(held, { ...facts, redemptions: heard("old") })).not.toBeNull();
    expect(settlementOf(held, { ...facts, redemptions: heard("somebody else's") })).toBeNull();
  });

  it("is settled by a loan that began after the first code, when the event was missed", () => {
    expect(settlementOf(held, { ...facts, loans: [loan(after)] })).toEqual({ purpose: "check_out", dueAt: due });
  });

  it("is not settled by an older loan or by another thing", () => {
    expect(settlementOf(held, { ...facts, loans: [loan(before, after), loan(after, null, "saw")] })).toBeNull();
  });
});

describe("a return", () => {
  const giveBack = { ...facts, purpose: "check_in" } as const;

  it("is settled by a return after the first code", () => {
    expect(settlementOf(held, { ...giveBack, loans: [loan(before, after)] })?.purpose).toBe("check_in");
  });

  it("is not settled while the thing is out or came back long ago", () => {
    expect(settlementOf(held, { ...giveBack, loans: [loan(before), loan(before, before)] })).toBeNull();
  });
});
