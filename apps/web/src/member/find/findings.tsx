import type { Resource } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { EmptyNote } from "../../common/empty-note.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { ThingRow } from "../thing-tile.tsx";

const words = {
  more: (count: number) => `Show ${count} more`,
  noMatch: "Nothing matches",
  noMatchText: "Try fewer letters, or look at what is out as well.",
  clear: "Clear the search",
  empty: "Nothing to lend yet",
  emptyText: "As soon as the staff add the first thing, it stands here.",
};

/** Ten thousand rows at once would choke a phone; nobody scrolls past a few screens without searching. */
const STEP = 60;

export function Findings({ found, isEmpty, onClear }: { found: Resource[]; isEmpty: boolean; onClear: () => void }) {
  const [shown, setShown] = useState(STEP);
  const speech = useSpeech();
  const left = found.length - shown;

  if (isEmpty) {
    return (
      <EmptyNote title={words.empty}>
        <p className="text-ink-soft">{words.emptyText}</p>
      </EmptyNote>
    );
  }
  if (found.length === 0) {
    return (
      <EmptyNote title={words.noMatch}>
        <p className="text-ink-soft">{words.noMatchText}</p>
        <Button onClick={onClear}>{words.clear}</Button>
      </EmptyNote>
    );
  }

  return (
    <>
      <ul className="grid grid-cols-1 gap-3 md:grid-cols-2">
        {found.slice(0, shown).map((resource) => (
          <li key={resource.id} className="[contain-intrinsic-size:auto_5.125rem] [content-visibility:auto]">
            <ThingRow resource={resource} speech={speech} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button className="mt-6 w-full" onClick={() => setShown(shown + STEP)}>
          {words.more(Math.min(STEP, left))}
        </Button>
      )}
    </>
  );
}
