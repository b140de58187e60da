import { trpc } from "@tessera/sdk/react";
import { OutcomeShape, type OutcomeTone } from "@tessera/ui";
import { useSpeech } from "../common/use-speech.ts";
import type { Desk } from "./desk-state.ts";
import { type StripRow, stripRows } from "./strip-rows.ts";

/**
 * The last scans; in a batch only what belongs to it, under its count. Room for five lines is kept from the start, so that
 * nothing moves when one comes.
 */
export function Strip({ desk }: { desk: Desk }) {
  const { data: resources = [] } = trpc.resource.list.useQuery();
  const { batch } = desk;
  const shown = batch ? { recent: batch.slice(0, BATCH_LINES), elsewhere: [] } : desk;
  const rows = stripRows(shown, resources, useSpeech());
  return (
    <section
      aria-label={batch ? "This batch" : "Last scans"}
      data-batch={batch?.length}
      className={`desk-strip border-t-2 pt-2 ${batch ? "border-accent" : "border-line"}`}
    >
      <ol className="strip-rows text-near">
        {batch && <li className="font-bold text-accent">Many codes, {batch.length} so far</li>}
        {rows.length === 0 && !batch && <li className="text-ink-soft">The last scans of this desk will stand here.</li>}
        {rows.map((row) => (
          <StripLine key={row.id} row={row} />
        ))}
      </ol>
    </section>
  );
}

/** One scan in one line. */
export function StripLine({ row: { tone, way, title, about, time, isElsewhere } }: { row: StripRow }) {
  const { colour, cut, word } = marks[tone];
  return (
    <li className={`flex items-center gap-[0.5em] ${isElsewhere ? "text-ink-soft" : ""}`}>
      <span className={`shrink-0 ${isElsewhere ? "text-edge" : colour}`}>
        <OutcomeShape tone={tone} cut={cut} className="size-[1em]" />
        <span className="sr-only">{word}</span>
      </span>
      {way && <span className="shrink-0">{way}</span>}
      <span className={`truncate ${isElsewhere ? "" : "font-semibold"}`}>{title}</span>
      <span className="min-w-0 flex-1 truncate text-ink-soft">{about}</span>
      <time className="shrink-0 text-ink-soft">{time}</time>
    </li>
  );
}

const BATCH_LINES = 4;

const marks: Record<OutcomeTone, { colour: string; cut: string; word: string }> = {
  yes: { colour: "text-ok", cut: "stroke-paper", word: "Yes:" },
  kept: { colour: "text-wait", cut: "stroke-paper", word: "To be confirmed:" },
  look: { colour: "text-wait", cut: "stroke-paper", word: "Look:" },
  no: { colour: "text-no", cut: "stroke-paper", word: "No:" },
};
