import type { ScanFate, ScanId, UndoOutcome } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { redeemed, refused, scan } from "../testing.ts";
import { begun, type Deciding, type DecidingNews, decidingAfter, type Errand, resumed, toneOf } from "./deciding.ts";
import type { OfflineOutcome } from "./judge.ts";

const scanId: ScanId = scan(1).scanId;
const at = "2026-11-22T08:00:00.000Z";
const yes = redeemed(1);
const no = refused(1);
const amber: OfflineOutcome = { kind: "accepted", basis: "lease", scanId, replayed: false, redeemed: yes };
const used = refused(1, { reason: "expired", evidence: { expiredAt: at } });
const undone: UndoOutcome = { kind: "undone", scanId, redemptionId: yes.redemptionId, at };
const withdrawn: UndoOutcome = { kind: "withdrawn", scanId, at };
const undecidedFate: ScanFate = { kind: "undecided", scanId };

const states = {
  sent: { kind: "at_server", scanId, canResend: true },
  sentBefore: { kind: "at_server", scanId, canResend: false },
  here: { kind: "at_desk", scanId },
  givingUp: { kind: "giving_up", scanId },
  answered: { kind: "answered", scanId, outcome: yes },
  accepted: { kind: "judged_here", scanId, outcome: amber },
  notHeld: { kind: "undecided", scanId, why: "not_held" },
  takenBack: { kind: "taken_back", scanId, undo: undone },
} as const satisfies Record<string, Deciding>;

const news = {
  yes: { kind: "answered", outcome: yes },
  no: { kind: "answered", outcome: no },
  lost: { kind: "lost" },
  lineUp: { kind: "line_up" },
  nobodyWaits: { kind: "nobody_waits" },
  fateYes: { kind: "fate", fate: yes },
  fateUndecided: { kind: "fate", fate: undecidedFate },
  undone: { kind: "undo", undo: undone },
  withdrawn: { kind: "undo", undo: withdrawn },
  amber: { kind: "judged_here", outcome: amber },
  used: { kind: "judged_here", outcome: used },
  unknown: { kind: "judged_here", outcome: no },
  tooOld: { kind: "could_not", why: "lease_over" },
} as const satisfies Record<string, DecidingNews>;

describe("who decides a scan", () => {
  it("is the server while the line is up, and the desk when it is known to be down", () => {
    expect(begun(scanId, "up")).toEqual({ state: states.sent, errand: "send" });
    expect(begun(scanId, "down")).toEqual({ state: states.here, errand: "decide_here" });
  });

  it("after a restart is still the server: its answer is looked for, or taken back when whoever waited has left", () => {
    expect(resumed(scanId, true)).toEqual({ state: states.sentBefore, errand: "ask_fate" });
    expect(resumed(scanId, false)).toEqual({ state: states.givingUp, errand: "take_back" });
  });

  it("never changes: no news makes the desk decide what was sent, or send what the desk decides", () => {
    for (const one of Object.values(news)) {
      for (const state of [states.sent, states.sentBefore, states.givingUp]) {
        const after = decidingAfter(state, one);
        expect(["at_desk", "judged_here"]).not.toContain(after.state.kind);
        expect(after.errand).not.toBe("decide_here");
      }
      expect(["send", "ask_fate", "take_back"]).not.toContain(decidingAfter(states.here, one).errand);
    }
  });
});

type Name = keyof typeof states;
it.each<[Name, keyof typeof news, Deciding["kind"], Errand]>([
  ["sent", "yes", "answered", "note_answer"],
  ["sent", "no", "answered", "note_answer"],
  ["sent", "lost", "at_server", "wait_for_line"],
  ["sent", "lineUp", "at_server", "send"],
  ["sent", "nobodyWaits", "giving_up", "take_back"],
  ["sent", "fateUndecided", "at_server", "send"],
  ["sentBefore", "fateYes", "answered", "note_answer"],
  ["sentBefore", "fateUndecided", "giving_up", "take_back"],
  ["sentBefore", "lost", "at_server", "wait_for_line"],
  ["sentBefore", "lineUp", "at_server", "ask_fate"],
  ["givingUp", "lost", "giving_up", "wait_for_line"],
  ["givingUp", "lineUp", "giving_up", "take_back"],
  ["givingUp", "undone", "taken_back", "note_taken_back"],
  ["givingUp", "withdrawn", "taken_back", "note_taken_back"],
  ["givingUp", "yes", "giving_up", null],
  ["here", "amber", "judged_here", null],
  ["here", "used", "judged_here", null],
  ["here", "unknown", "undecided", null],
  ["here", "tooOld", "undecided", null],
  ["here", "lineUp", "at_desk", null],
  ["notHeld", "lineUp", "undecided", "scan_afresh"],
  ["answered", "lost", "answered", null],
  ["accepted", "lineUp", "judged_here", null],
  ["takenBack", "yes", "taken_back", null],
])("a scan that is %s, at the news %s, becomes %s and asks for %s", (state, one, kind, errand) => {
  const after = decidingAfter(states[state], news[one]);
  expect([after.state.kind, after.errand]).toEqual([kind, errand]);
});

describe("what is shown", () => {
  it("is red only for a decided no: a time-out, a lost line or an end of patience never is", () => {
    for (const state of Object.values(states)) {
      for (const one of [news.lost, news.lineUp, news.nobodyWaits, news.tooOld, news.unknown]) {
        expect(toneOf(decidingAfter(state, one).state)).not.toBe("no");
      }
    }
    expect(toneOf(decidingAfter(states.sent, news.no).state)).toBe("no");
    expect(toneOf(decidingAfter(states.here, news.used).state)).toBe("no");
  });

  it("is green only for the server's yes, and amber for the desk's", () => {
    expect(toneOf(states.answered)).toBe("yes");
    expect(toneOf(states.accepted)).toBe("amber");
    expect(Object.values(states).filter((state) => toneOf(state) === "yes")).toEqual([states.answered]);
  });

  it("is never a yes that came after whoever waited had left", () => {
    expect(toneOf(decidingAfter(states.givingUp, news.yes).state)).toBe("look");
  });
});
