import type { RedemptionOutcome, ScanFate, ScanId, UndoOutcome } from "@tessera/contracts";
import type { WhyNot } from "./cannot-decide.ts";
import type { OfflineOutcome } from "./judge.ts";

/**
 * Who decides a scan, and what happens when an answer is lost.
 *
 * 1. **A scan id has one decider for life.** With the line up it is the server: the scan is written down as sent
 *    (`SentScans`), then sent. With the line known to be down it is the desk, and nothing of it is ever sent as a live
 *    scan. The line coming or going later changes nothing.
 * 2. **What may have reached the server is `checking`** until the server says what became of it. A time-out, a reset, a
 *    500, a 401 are no answers, so never a refusal. While somebody waits, the desk asks again with the same scan id (or,
 *    after a restart, when it has no text any more, what became of it).
 * 3. **The same code is not decided here meanwhile**, under a new scan id either (`in_doubt`). The server may have taken
 *    its use: the desk would hand out a second time what is out already, and a held code, which can have no conflict,
 *    would have one. Undoing first does not help while the line is down, and an undone use stays taken. It costs one
 *    guest per outage a wait; every other code goes on.
 * 4. **Nor does the server hear of a code that was accepted here before that is handed in.** It would give the use away a
 *    second time, and the first would become the conflict. The desk hands in, then asks.
 * 5. **When nobody waits any more, the scan is taken back** as soon as the line is there: a yes that nobody saw is undone,
 *    a scan that was never decided is withdrawn, so that its late request redeems nothing. A late answer is not shown:
 *    whoever it was for has left. After that the code may be shown again, as a new scan: the server, or this desk with
 *    what it has learnt, says whether it is still good.
 * 6. **What the desk cannot judge is no refusal either**: a code that it does not hold may be perfectly good.
 */
export type Deciding =
  /** Sent, or about to be. `canResend`: its text is still known. */
  | { kind: "at_server"; scanId: ScanId; canResend: boolean }
  | { kind: "at_desk"; scanId: ScanId }
  | { kind: "giving_up"; scanId: ScanId }
  | { kind: "answered"; scanId: ScanId; outcome: RedemptionOutcome }
  | { kind: "judged_here"; scanId: ScanId; outcome: OfflineOutcome }
  | { kind: "undecided"; scanId: ScanId; why: WhyNot | "unexpected" }
  /** `undo`: what it came to. A refused one other than `not_redeemed` is a yes that nobody saw and staff must look at. */
  | { kind: "taken_back"; scanId: ScanId; undo: UndoOutcome };

/** What is to be done next; null: nothing but to wait for news. */
export type Errand =
  | "send"
  | "ask_fate"
  | "take_back"
  | "decide_here"
  /** Wait until the line is up, or a moment if it seems to be. */
  | "wait_for_line"
  | "note_answer"
  | "note_taken_back"
  /** The line is back: what is still held up is scanned anew, under a new scan id. */
  | "scan_afresh"
  | null;

export type DecidingNews =
  | { kind: "answered"; outcome: RedemptionOutcome }
  /** No answer, or one that decides nothing; `because`: what was thrown, if anything. */
  | { kind: "lost"; because?: unknown }
  | { kind: "line_up" }
  /** Patience is over, the next code was scanned, or the result was dismissed. */
  | { kind: "nobody_waits" }
  | { kind: "fate"; fate: ScanFate }
  | { kind: "undo"; undo: UndoOutcome }
  | { kind: "judged_here"; outcome: OfflineOutcome }
  | { kind: "could_not"; why: WhyNot | "unexpected" };

export interface Step {
  state: Deciding;
  errand: Errand;
}

/** @param line What the desk knows of its line at this moment. "Not sure" is up. */
export const begun = (scanId: ScanId, line: "up" | "down"): Step =>
  line === "up"
    ? { state: { kind: "at_server", scanId, canResend: true }, errand: "send" }
    : { state: { kind: "at_desk", scanId }, errand: "decide_here" };

/**
 * A scan that was written down as sent before this page was opened.
 *
 * @param isRecent Whether whoever showed the code may still be standing there.
 */
export const resumed = (scanId: ScanId, isRecent: boolean): Step =>
  isRecent
    ? { state: { kind: "at_server", scanId, canResend: false }, errand: "ask_fate" }
    : { state: { kind: "giving_up", scanId }, errand: "take_back" };

/** The scan after a piece of news. News that come too late, or to a scan that is settled, change nothing. */
export function decidingAfter(state: Deciding, news: DecidingNews): Step {
  switch (state.kind) {
    case "at_server":
      return afterServer(state, news);
    case "at_desk":
      return afterDesk(state, news);
    case "giving_up":
      return afterGivingUp(state, news);
    case "undecided":
      return { state, errand: news.kind === "line_up" ? "scan_afresh" : null };
    default:
      return { state, errand: null };
  }
}

function afterServer(state: Extract<Deciding, { kind: "at_server" }>, news: DecidingNews): Step {
  const { scanId, canResend } = state;
  const askAgain = canResend ? "send" : "ask_fate";
  const giveUp: Step = { state: { kind: "giving_up", scanId }, errand: "take_back" };
  switch (news.kind) {
    case "answered":
      return { state: { kind: "answered", scanId, outcome: news.outcome }, errand: "note_answer" };
    case "fate":
      if (news.fate.kind !== "undecided") return afterServer(state, { kind: "answered", outcome: news.fate });
      return canResend ? { state, errand: "send" } : giveUp;
    case "lost":
      return { state, errand: "wait_for_line" };
    case "line_up":
      return { state, errand: askAgain };
    case "nobody_waits":
      return giveUp;
    default:
      return { state, errand: null };
  }
}

function afterDesk(state: Deciding, news: DecidingNews): Step {
  const { scanId } = state;
  if (news.kind === "could_not") return { state: { kind: "undecided", scanId, why: news.why }, errand: null };
  if (news.kind !== "judged_here") return { state, errand: null };

  const { outcome } = news;
  const isUnknown = outcome.kind === "refused" && outcome.refusal.reason === "not_found";
  if (isUnknown) return { state: { kind: "undecided", scanId, why: "not_held" }, errand: null };
  return { state: { kind: "judged_here", scanId, outcome }, errand: null };
}

function afterGivingUp(state: Deciding, news: DecidingNews): Step {
  if (news.kind === "undo") {
    return { state: { kind: "taken_back", scanId: state.scanId, undo: news.undo }, errand: "note_taken_back" };
  }
  if (news.kind === "lost") return { state, errand: "wait_for_line" };
  return { state, errand: news.kind === "line_up" ? "take_back" : null };
}

/** How a screen shows it. `amber`: accepted here, and visibly not the green of the server. */
export type Tone = "checking" | "yes" | "amber" | "no" | "look";

export function toneOf(state: Deciding): Tone {
  switch (state.kind) {
    case "at_server":
    case "at_desk":
      return "checking";
    case "answered":
      return state.outcome.kind === "redeemed" ? "yes" : "no";
    case "judged_here":
      return state.outcome.kind === "accepted" ? "amber" : "no";
    default:
      return "look";
  }
}
