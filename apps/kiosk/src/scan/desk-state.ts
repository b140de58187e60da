import type { Failure, Instant, Purpose, RedemptionId, ResourceId, Scan, ScanId } from "@tessera/contracts";
import type { WhyNot } from "../offline/cannot-decide.ts";
import type { HistoryRow } from "../offline/rows.ts";
import { type Answer, happenedAt, isYes } from "./answer.ts";

/** Why there is no answer: never a "no", always "look". */
export type Undecided = Failure | WhyNot | "unreachable" | "unexpected";

/** Why a picture or a hand scanner gave nothing that could be sent. */
export type Unread = "nothing_found" | "not_an_image" | "foreign";

/** What the screen is about. */
export type Showing =
  | { kind: "idle" }
  | { kind: "checking"; scan: Scan; since: number }
  /** `until`: when it goes by itself; null for one that stays until it is dismissed or the next scan comes. */
  | { kind: "answered"; scan: Scan; outcome: Answer; until: number | null }
  | { kind: "undecided"; scan: Scan; because: Undecided }
  | { kind: "unread"; why: Unread };

/** An answer this desk got, for the strip. */
export interface RecentScan {
  outcome: Answer;
  at: Instant;
  /** What the server said of it afterwards, when it was accepted here; null while it has not. */
  verdict?: HistoryRow["verdict"] | null;
}

/** A redemption at another desk: ids only, as the journal tells it. */
export interface ElsewhereScan {
  redemptionId: RedemptionId;
  resourceId: ResourceId;
  purpose: Purpose;
  at: Instant;
}

export interface Desk {
  showing: Showing;
  /** Newest first, five at most. */
  recent: readonly RecentScan[];
  elsewhere: readonly ElsewhereScan[];
  /** Every answer since many codes in a row are scanned, newest first; null while each code is an occasion of its own. */
  batch: readonly RecentScan[] | null;
  /** A batch that has just ended; null once it was read. */
  summary: readonly RecentScan[] | null;
}

export type DeskNews =
  | { kind: "scanned"; scan: Scan; at: number }
  | { kind: "answered"; scan: Scan; outcome: Answer; at: number }
  | { kind: "gave_up"; scan: Scan; because: Undecided }
  | { kind: "unread"; why: Unread }
  | { kind: "dismissed" }
  | { kind: "time_passed"; at: number }
  | { kind: "heard"; redemption: ElsewhereScan }
  | { kind: "batch_began" }
  | { kind: "batch_ended" }
  | { kind: "summary_read" }
  | { kind: "judged"; verdicts: ReadonlyMap<ScanId, HistoryRow["verdict"]> };

export const quietDesk: Desk = {
  showing: { kind: "idle" },
  recent: [],
  elsewhere: [],
  batch: null,
  summary: null,
};

const YES_SHOWS_MS = 2_500;
/** In a batch the list tells it, a no as well. */
const IN_BATCH_SHOWS_MS = 1_200;
const STRIP_LENGTH = 5;

/** The desk after a piece of news. The clock comes with the news. */
export function deskAfter(desk: Desk, news: DeskNews): Desk {
  switch (news.kind) {
    case "scanned":
      return { ...desk, showing: { kind: "checking", scan: news.scan, since: news.at } };
    case "answered":
      return {
        ...desk,
        showing: shownAfter(desk, news),
        recent: listAfter(desk.recent, news).slice(0, STRIP_LENGTH),
        batch: desk.batch && listAfter(desk.batch, news),
      };
    case "gave_up":
      if (!isChecking(desk.showing, news.scan)) return desk;
      return { ...desk, showing: { kind: "undecided", scan: news.scan, because: news.because } };
    case "unread":
      return desk.showing.kind === "checking" ? desk : { ...desk, showing: { kind: "unread", why: news.why } };
    case "dismissed":
      return desk.showing.kind === "checking" ? desk : { ...desk, showing: { kind: "idle" } };
    case "time_passed":
      return isOver(desk.showing, news.at) ? { ...desk, showing: { kind: "idle" } } : desk;
    case "heard":
      return { ...desk, elsewhere: [news.redemption, ...desk.elsewhere].slice(0, STRIP_LENGTH) };
    case "batch_began":
      return { ...desk, batch: desk.batch ?? [], summary: null };
    case "batch_ended":
      return { ...desk, batch: null, summary: desk.batch };
    case "summary_read":
      return { ...desk, summary: null };
    case "judged":
      return {
        ...desk,
        recent: desk.recent.map((one) => judgedNow(one, news.verdicts)),
        batch: desk.batch?.map((one) => judgedNow(one, news.verdicts)) ?? null,
      };
  }
}

const judgedNow = (one: RecentScan, verdicts: ReadonlyMap<ScanId, HistoryRow["verdict"]>): RecentScan =>
  one.outcome.kind === "accepted" ? { ...one, verdict: verdicts.get(one.outcome.scanId) ?? one.verdict ?? null } : one;

/** An answer that comes after the next scan goes to the strip alone: the screen is for whoever stands there now. */
function shownAfter({ showing, batch }: Desk, { scan, outcome, at }: Extract<DeskNews, { kind: "answered" }>): Showing {
  if (!isChecking(showing, scan)) return showing;
  const yesUntil = isYes(outcome) ? at + YES_SHOWS_MS : null;
  return { kind: "answered", scan, outcome, until: batch ? at + IN_BATCH_SHOWS_MS : yesUntil };
}

function listAfter(list: readonly RecentScan[], { outcome, at }: Extract<DeskNews, { kind: "answered" }>) {
  const entry = { outcome, at: happenedAt(outcome) ?? new Date(at).toISOString() };
  return [entry, ...list.filter((one) => one.outcome.scanId !== outcome.scanId)];
}

const isChecking = (showing: Showing, scan: Scan) => showing.kind === "checking" && showing.scan.scanId === scan.scanId;

const isOver = (showing: Showing, at: number) =>
  showing.kind === "answered" && showing.until !== null && at >= showing.until;
