import type { Breaker, Traffic } from "@tessera/contracts/flags";
import { useSpeech } from "../../../common/use-speech.ts";
import { Note } from "../../controls/note.tsx";
import { shareText } from "../../controls/percent.ts";
import { Table } from "../../controls/table.tsx";
import { BreakerActs } from "./breaker-acts.tsx";
import { breakerText, countedSince } from "./breaker-words.ts";
import { words } from "./words.ts";

const head = [words.who, words.calls, words.failures, words.share];

const row = (name: string, { calls, failures }: Traffic) => ({
  key: name,
  cells: [name, calls.toLocaleString("en"), failures.toLocaleString("en"), shareText(failures, calls)],
});

/** How the breaker stands, what it counts, and what can be done. */
export function BreakerNow({ breaker }: { breaker: Breaker }) {
  const speech = useSpeech();
  const { limits, exposed, unexposed, innocent } = breaker;
  return (
    <div className="grid grid-cols-1 gap-5 rounded-card border border-line bg-surface p-4 sm:p-5">
      <p role="status" className="text-lg font-semibold">
        {breakerText(breaker, speech)}
      </p>
      {!limits.isArmed && (
        <Note tone="wait">
          <p>{words.unarmed}</p>
        </Note>
      )}
      {innocent && (
        <Note>
          <p>{words.innocent}</p>
        </Note>
      )}
      <Table
        caption={words.traffic(countedSince(breaker, speech))}
        showsCaption
        head={head}
        figures={[1, 2, 3]}
        rows={[row(words.exposed, exposed), row(words.unexposed, unexposed)]}
      />
      <BreakerActs breaker={breaker} />
    </div>
  );
}
