import type { RequestKind } from "@tessera/contracts";
import { shortMoment } from "@tessera/ui";
import { KindPicture } from "../common/kind-picture.tsx";
import { useSpeech } from "../common/use-speech.ts";
import { roughly } from "./wait-words.ts";
import { words } from "./words.ts";

/** Something to ask for: a picture, a name, and how long it takes or when it opens. */
export function KindTile({ kind, onAsk }: { kind: RequestKind; onAsk: () => void }) {
  const speech = useSpeech();
  const { name, picture, isOpen, opensAt, wait } = kind;
  const closed = opensAt ? words.closedUntil(shortMoment(opensAt, speech)) : words.closed;
  const below = isOpen ? wait && words.waitShort(roughly(wait.medianSeconds)) : closed;

  return (
    <button
      type="button"
      disabled={!isOpen}
      onClick={onAsk}
      className="grid h-full min-h-32 w-full content-start justify-items-start gap-2 rounded-card border border-edge bg-surface p-4 text-left transition-colors hover:border-ink disabled:border-line disabled:bg-sunken"
    >
      <KindPicture picture={picture} className={`size-8 ${isOpen ? "text-accent" : "text-ink-soft"}`} />
      <span className="font-semibold [overflow-wrap:anywhere]">{name}</span>
      {below && <span className="text-sm text-ink-soft">{below}</span>}
    </button>
  );
}
