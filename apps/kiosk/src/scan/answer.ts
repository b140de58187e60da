import type { RedemptionOutcome, Refusal, Speech } from "@tessera/contracts";
import { type Outcome, outcomeOf, outcomeOfRefusal, shortMoment } from "@tessera/ui";
import type { OfflineOutcome } from "../offline/judge.ts";

/** What a scan hears at this desk: from the server, or from the desk itself. */
export type Answer = RedemptionOutcome | OfflineOutcome;

/**
 * The words and the tone of an answer. What the desk accepted alone is amber, and says that it is to be confirmed.
 *
 * @param here The desk's name, where it matters that another one took the code a moment ago; null where it does not.
 */
export function answerWords(answer: Answer, speech: Speech, here: string | null = null): Outcome {
  if (answer.kind === "refused") return refusedWords(answer.refusal, speech, here);
  if (answer.kind === "redeemed") return outcomeOf(answer, speech);
  if (answer.kind === "passed_before") {
    const detail = answer.at
      ? `It passed here ${shortMoment(answer.at, speech)}.`
      : "It was used or cancelled elsewhere.";
    return { tone: "no", word: "Used before", subject: null, detail, next: "Ask for a fresh code." };
  }
  if (answer.basis === "signature") {
    return {
      tone: "kept",
      word: "Accepted offline",
      subject: null,
      detail: genuine,
      next: "Write down what goes out.",
    };
  }
  const { subject, detail, next } = outcomeOf(answer.redeemed, speech);
  return { tone: "kept", word: "Accepted offline", subject, detail: `${detail}; it will be confirmed`, next };
}

/** A code that passed at another desk so short a time ago was shown twice by the same hand, more likely than copied. */
const A_MOMENT_MS = 30_000;

function refusedWords(refusal: Refusal, speech: Speech, here: string | null): Outcome {
  const words = outcomeOfRefusal(refusal, speech);
  if (here === null || refusal.reason !== "already_redeemed") return words;
  const { at, desk, resource, holder } = refusal.evidence;
  const agoMs = speech.now.getTime() - Date.parse(at);
  if (desk === null || desk === here || agoMs >= A_MOMENT_MS) return words;
  const ago = agoMs < 2_000 ? "just now" : `${Math.round(agoMs / 1_000)} seconds ago`;
  return {
    tone: "look",
    word: "Scanned twice",
    subject: `${resource}, ${holder}`,
    detail: `${desk} scanned it ${ago}. It counts once`,
    next: "Hand nothing out a second time.",
  };
}

const genuine = "The code is genuine. Whose it is will be known when the network is back.";

/** A yes, of whomever: nothing has to be done before the next scan. */
export const isYes = ({ kind }: Answer): boolean => kind === "redeemed" || kind === "accepted";

/** When it happened; null for a no, which is told when it is heard. */
export function happenedAt(answer: Answer): string | null {
  if (answer.kind === "redeemed") return answer.at;
  if (answer.kind !== "accepted") return null;
  return answer.basis === "lease" ? answer.redeemed.at : answer.at;
}
