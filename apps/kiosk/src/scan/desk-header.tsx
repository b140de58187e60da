import type { PairedDevice } from "@tessera/contracts";
import { useConnection } from "@tessera/sdk/react";
import { LiveBadge, Mark } from "@tessera/ui";
import { ArrowLeftRight } from "lucide-react";
import { locale } from "../common/use-speech.ts";

/** Whose desk this is, and whether what it knows is fresh. */
export function DeskHeader({ desk, onChangeDesk }: { desk: PairedDevice; onChangeDesk: () => void }) {
  const { state, since } = useConnection();
  return (
    <header className="desk-header flex items-center max-[18rem]:flex-wrap gap-gap">
      <span className="size-[clamp(2rem,6vmin,4.5rem)] shrink-0 max-[18rem]:hidden [&>svg]:size-full">
        <Mark />
      </span>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-desk font-bold">{desk.name}</h1>
        <p className="truncate text-near text-ink-soft">{desk.tenant}</p>
      </div>
      <div className="far-badge shrink-0 max-[18rem]:order-last max-[18rem]:w-full">
        <LiveBadge state={state} since={since} locale={locale()} />
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
