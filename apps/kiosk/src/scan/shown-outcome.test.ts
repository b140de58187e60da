import { describe, expect, it } from "vitest";
import { redeemed, refused, scan } from "../testing.ts";
import type { Showing } from "./desk-state.ts";
import { outcomeName, refusalReason, shownOutcome } from "./shown-outcome.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-21T15:00:00Z") };
const nameOf = (showing: Showing) => outcomeName(showing, shownOutcome(showing, speech));
const answered = (outcome: Extract<Showing, { kind: "answered" }>["outcome"]): Showing => ({
  kind: "answered",
  scan: scan(1),
  outcome,
  until: null,
});

describe("what fills the screen", () => {
  it("is nothing while the desk waits or checks", () => {
    expect(nameOf({ kind: "idle" })).toBe("idle");
    expect(nameOf({ kind: "checking", scan: scan(1), since: 0 })).toBe("checking");
  });

  it("is yes for a redemption and no for a code that is not good", () => {
    expect(nameOf(answered(redeemed(1)))).toBe("redeemed");
    expect(nameOf(answered(refused(1, { reason: "not_found" })))).toBe("refused");
  });

  it("is look when codes are switched off, and when nobody answered", () => {
    expect(nameOf(answered(refused(1, { reason: "disabled" })))).toBe("look");
    for (const because of ["busy", "unreachable", "unknown_outcome", "unexpected"] as const) {
      const showing: Showing = { kind: "undecided", scan: scan(1), because };
      expect(nameOf(showing)).toBe("look");
      expect(shownOutcome(showing, speech)?.detail).toMatch(/^[A-Z].+\.$/);
    }
  });

  it("tells a picture without a code from one with a foreign code", () => {
    expect(nameOf({ kind: "unread", why: "nothing_found" })).toBe("look");
    expect(nameOf({ kind: "unread", why: "foreign" })).toBe("refused");
  });

  it("names the reason of a refusal", () => {
    expect(refusalReason(answered(refused(1, { reason: "disabled" })))).toBe("disabled");
    expect(refusalReason(answered(redeemed(1)))).toBeUndefined();
  });
});
