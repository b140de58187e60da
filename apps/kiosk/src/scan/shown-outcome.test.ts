import { describe, expect, it } from "vitest";
import { redeemed, refused, scan } from "../testing.ts";
import type { Showing } from "./desk-state.ts";
import { outcomeName, refusalReason, shownOutcome } from "./shown-outcome.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-21T15:00:00Z") };
const nameOf = (showing: Showing) => outcomeName(showing, shownOutcome(showing, speech, "Desk 1"));
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
      expect(shownOutcome(showing, speech, "Desk 1")?.detail).toMatch(/^[A-Z].+\.$/);
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

  it("says so when another desk took the code seconds ago; this desk's own, and one of long ago, are used codes", () => {
    const used = (desk: string, at: string) =>
      answered(
        refused(1, {
          reason: "already_redeemed",
          evidence: { at, desk, holder: "Ada", resource: "Saw", useNo: 1, maxUses: 1 },
        }),
      );
    const twice = used("Desk 2", "2026-11-21T14:59:53Z");
    expect(shownOutcome(twice, speech, "Desk 1")).toMatchObject({
      tone: "look",
      word: "Scanned twice",
      subject: "Saw, Ada",
      detail: "Desk 2 scanned it 7 seconds ago. It counts once",
    });
    expect(nameOf(used("Desk 1", "2026-11-21T14:59:53Z"))).toBe("refused");
    expect(nameOf(used("Desk 2", "2026-11-21T14:59:30Z"))).toBe("refused");
  });
});
