import { type Outcome, useNow } from "@tessera/ui";
import type { CameraState } from "@tessera/ui/scanner";
import type { Showing } from "./desk-state.ts";
import { sentenceFor } from "./sentence-for.ts";

interface SentenceProps {
  showing: Showing;
  camera: CameraState;
  isForeign: boolean;
  isReading: boolean;
  isSwitchedOff: boolean;
  /** An answer that does not fill the screen, since many codes come in a row. */
  listed: Outcome | null;
}

/** The one sentence of the screen. Room for two lines is kept, so that a longer one moves nothing. */
export function Sentence({ showing, listed, ...rest }: SentenceProps) {
  return (
    <p
      role="status"
      className="desk-sentence flex min-h-[2.24em] items-center text-far font-bold text-balance portrait:justify-center portrait:text-center landscape:text-[clamp(1.75rem,8.4vmin,6rem)] landscape:leading-[1.06]"
    >
      <span>
        {listed ? [listed.word, listed.subject].filter(Boolean).join(": ") : sentenceFor({ showing, ...rest })}
        {showing.kind === "checking" && <Waited since={showing.since} />}
      </span>
    </p>
  );
}

/** How long it has taken, once that is worth telling. Seen, not read out each second. */
function Waited({ since }: { since: number }) {
  const seconds = Math.floor((useNow(250).getTime() - since) / 1_000);
  return seconds < 2 ? null : (
    <span aria-hidden="true" className="text-ink-soft">
      {" "}
      {seconds} s
    </span>
  );
}
