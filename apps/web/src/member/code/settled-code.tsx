import { buttonClass, OutcomeCard, shortMoment } from "@tessera/ui";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import type { Settlement } from "./settlement.ts";
import { words } from "./words.ts";

/** The tile after the desk scanned it. */
export function SettledCode({ settlement: { purpose, dueAt } }: { settlement: Settlement }) {
  const speech = useSpeech();
  const isOut = purpose === "check_out";

  return (
    <div className="grid gap-5">
      <OutcomeCard
        size="phone"
        outcome={{
          tone: "yes",
          word: isOut ? words.outWord : words.backWord,
          subject: isOut ? words.outUntil(shortMoment(dueAt, speech)) : null,
          detail: isOut ? null : words.backThanks,
          next: null,
        }}
      />
      <div className="grid grid-cols-2 gap-3">
        <Link to="/loans" className={buttonClass("plain", "large")}>
          {words.loans}
        </Link>
        <Link to="/" className={buttonClass("primary", "large")}>
          {words.home}
        </Link>
      </div>
    </div>
  );
}
