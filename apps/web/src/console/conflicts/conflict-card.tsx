import { type Conflict, refusalWords } from "@tessera/contracts";
import { shortMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { useSpeech } from "../../common/use-speech.ts";
import { SettleConflict } from "./settle-conflict.tsx";
import { deedWords, resolutionWords, words } from "./words.ts";

/** Two stories of one code, side by side, and the way out. */
export function ConflictCard({ conflict }: { conflict: Conflict }) {
  const speech = useSpeech();
  const { purpose, resource, holder, desk, claimedAt, at, refusal, settledAt, resolution } = conflict;
  const when = (moment: string) => shortMoment(moment, speech);
  const deed = deedWords[purpose](resource?.name ?? words.something, holder?.name ?? words.nobody);

  return (
    <article
      data-conflict={settledAt ? "settled" : "open"}
      className={`grid grid-cols-1 gap-4 rounded-card border border-line p-4 sm:p-5 ${settledAt ? "bg-paper" : "bg-surface"}`}
    >
      <header className="grid gap-1">
        <h3 className="text-lg font-semibold [overflow-wrap:anywhere]">{resource?.name ?? words.something}</h3>
        <p className="text-sm text-ink-soft">{words.handedIn(when(at))}</p>
      </header>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Story title={desk?.name || words.noDesk} kicker={words.here} when={when(claimedAt)}>
          <p>{deed}</p>
          <p className="text-ink-soft">{words.alone}</p>
        </Story>
        <Story title={words.there} kicker={null} when={null}>
          <p>{refusal ? refusalWords(refusal, speech).say : words.unknown}</p>
        </Story>
      </div>
      {settledAt && resolution && (
        <p className="font-semibold">{words.settled(resolutionWords[resolution].done, when(settledAt))}</p>
      )}
      {!settledAt && <SettleConflict id={conflict.id} />}
    </article>
  );
}

interface StoryProps {
  title: string;
  kicker: string | null;
  when: string | null;
  children: ReactNode;
}

function Story({ title, kicker, when, children }: StoryProps) {
  return (
    <section className="grid content-start gap-1.5 border-l-4 border-edge bg-sunken p-4 text-sm [overflow-wrap:anywhere]">
      <h4 className="font-semibold">
        {kicker && <span className="text-ink-soft">{kicker}: </span>}
        {title}
        {when && <span className="font-normal text-ink-soft"> · {when}</span>}
      </h4>
      {children}
    </section>
  );
}
