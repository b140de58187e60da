import type { PairedDevice } from "@tessera/contracts";
import { useConnection } from "@tessera/sdk/react";
import { LiveBadge, Mark } from "@tessera/ui";
import { ArrowLeftRight } from "lucide-react";
import { locale } from "../common/use-speech.ts";
import type { DeskStory } from "../offline/desk-story.ts";
import { aloneWords } from "./alone-words.ts";

interface DeskHeaderProps {
  desk: PairedDevice;
  story: DeskStory | null;
  onChangeDesk: () => void;
}

/** Whose desk this is, whether what it knows is fresh, and what it can do without a network. */
export function DeskHeader({ desk, story, onChangeDesk }: DeskHeaderProps) {
  const { state, since } = useConnection();
  const alone = story && aloneWords(story, state === "offline");
  return (
    <header className="desk-header flex items-center gap-gap">
      <span className="size-[clamp(2rem,6vmin,4.5rem)] shrink-0 max-[18rem]:hidden [&>svg]:size-full">
        <Mark />
      </span>
      {/* On a phone the badge stands below the name: "Offline, last news…" needs a line of its own. */}
      <div className="grid min-w-0 flex-1 items-center gap-x-gap min-[30rem]:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <h1 className="truncate text-desk font-bold">{desk.name}</h1>
          <p role="status" className={`text-near ${alone ? "font-semibold text-wait-word" : "truncate text-ink-soft"}`}>
            {alone ?? desk.tenant}
          </p>
        </div>
        <div className="far-badge">
          <LiveBadge state={state} since={since} locale={locale()} />
        </div>
      </div>
      <button
        type="button"
        aria-label="Change desk"
        title="Change desk"
        onClick={onChangeDesk}
        className="grid size-target shrink-0 place-items-center rounded-control border border-edge bg-surface hover:border-ink"
      >
        <ArrowLeftRight strokeWidth={1.75} aria-hidden className="size-[45%]" />
      </button>
    </header>
  );
}
