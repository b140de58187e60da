import type { Checkout } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { loanOf, loanWords } from "./loan-words.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-23T09:00:00Z") };
const loan = (dueAt: string, returnedAt: string | null = null) =>
  ({ resource: { id: "drill" }, dueAt, returnedAt }) as Checkout;

describe("a loan", () => {
  it.each([
    ["2026-11-23T18:00:00.000Z", "soon", "Due 18:00"],
    ["2026-11-26T18:00:00.000Z", "out", "Due Thu 18:00"],
    ["2026-11-22T18:00:00.000Z", "overdue", "Overdue since Sun 18:00"],
  ])("due %s is %s", (dueAt, state, text) => {
    expect(loanWords(loan(dueAt), speech)).toEqual({ state, text });
  });

  it("that came back is over, however late", () => {
    const late = loan("2026-11-20T18:00:00.000Z", "2026-11-22T10:00:00.000Z");
    expect(loanWords(late, speech)).toEqual({ state: "returned", text: "Returned Sun 10:00" });
  });

  it("is mine only while it is open", () => {
    const back = loan("2026-11-20T18:00:00.000Z", "2026-11-22T10:00:00.000Z");
    expect(loanOf([back], "drill")).toBeUndefined();
    expect(loanOf([back, loan("2026-11-26T18:00:00.000Z")], "drill")).toBeDefined();
  });
});
