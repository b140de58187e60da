import type { PairedDevice } from "@tessera/contracts";
import { useConnection } from "@tessera/sdk/react";
import { LiveBadge, Mark } from "@tessera/ui";
import { ArrowLeftRight } from "lucide-react";
import { locale } from "../common/use-speech.ts";

/** Whose desk this is, and whether what it knows is fresh. */
export function DeskHeader({ desk, onChangeDesk }: { desk: PairedDevice; onChangeDesk: () => void }) {
  const { state, since } = useConnection();
  return (
    <header className="desk-header flex items-center gap-gap">
      <span className="size-[clamp(2rem,6vmin,4.5rem)] shrink-0 max-[18rem]:hidden [&>svg]:size-full">
        <Mark />
      </span>
      {/* On a phone the badge stands below the name: "Offline, last news…" needs a line of its own. */}
      <div className="grid min-w-0 flex-1 items-center gap-x-gap min-[30rem]:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <h1 className="truncate text-desk font-bold">{desk.name}</h1>
          <p className="truncate text-near text-ink-soft">{desk.tenant}</p>
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
