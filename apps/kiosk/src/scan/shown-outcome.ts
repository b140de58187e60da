import type { RefusalReason, Speech } from "@tessera/contracts";
import { type Outcome, outcomeOfRefusal } from "@tessera/ui";
import { failureWords, whatNext } from "../common/failure-words.ts";
import { answerWords } from "./answer.ts";
import type { Showing, Unread } from "./desk-state.ts";

/** What fills the screen of the desk with this name now; null while there is nothing decided to show. */
export function shownOutcome(showing: Showing, speech: Speech, here: string): Outcome | null {
  if (showing.kind === "answered") return answerWords(showing.outcome, speech, here);
  if (showing.kind === "unread") return unreadOutcome(showing.why, speech);
  if (showing.kind !== "undecided") return null;
  return {
    tone: "look",
    word: "Not sure yet",
    subject: null,
    detail: failureWords(showing.because),
    next: whatNext(showing.because),
  };
}

/** The word tests and styles look for. */
export type OutcomeName = "idle" | "checking" | "redeemed" | "kept" | "refused" | "look";

export function outcomeName(showing: Showing, outcome: Outcome | null): OutcomeName {
  if (!outcome) return showing.kind === "checking" ? "checking" : "idle";
  if (outcome.tone === "yes") return "redeemed";
  if (outcome.tone === "kept") return "kept";
  return outcome.tone === "no" ? "refused" : "look";
}

/** @returns Why the answer is no; for tests, since the words change with the language. */
export const refusalReason = (showing: Showing): RefusalReason | undefined =>
  showing.kind === "answered" && showing.outcome.kind === "refused" ? showing.outcome.refusal.reason : undefined;

/** One result is one occasion: a new one is read out and takes the focus, even when it says the same. */
export const occasion = (showing: Showing): string =>
  "scan" in showing ? showing.scan.scanId + showing.kind : showing.kind;

function unreadOutcome(why: Unread, speech: Speech): Outcome {
  if (why === "foreign") return outcomeOfRefusal({ reason: "malformed" }, speech);
  return { tone: "look", subject: null, ...unreadWords[why] };
}

const unreadWords = {
  nothing_found: {
    word: "No code found",
    detail: "No code could be read in this picture.",
    next: "Take it sharp, straight and from closer.",
  },
  not_an_image: {
    word: "Not a picture",
    detail: "This file cannot be opened as a picture.",
    next: "Choose a photo or a screenshot.",
  },
};
