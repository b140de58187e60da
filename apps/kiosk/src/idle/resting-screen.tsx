import type { PairedDevice } from "@tessera/contracts";
import { Mark, useNow } from "@tessera/ui";
import { placeAt, STAY_MS } from "./place-at.ts";

interface RestingScreenProps {
  desk: PairedDevice;
  since: number;
  sentence: string;
}

/** A screen that nobody looks at: dark, with few words that wander. The camera goes on behind it. */
export function RestingScreen({ desk, since, sentence }: RestingScreenProps) {
  const { left, top } = placeAt(useNow(STAY_MS / 4).getTime() - since);
  return (
    <div
      data-rests
      className="fixed inset-0 z-20 cursor-none overflow-hidden bg-tile-ink text-tile"
      style={{ display: "grid", gridTemplate: `${top}fr auto ${1 - top}fr / ${left}fr auto ${1 - left}fr` }}
    >
      <div className="col-start-2 row-start-2 grid max-w-[90vw] justify-items-center gap-gap p-gap text-center">
        <span className="size-[clamp(2.5rem,8vmin,6rem)] [&>svg]:size-full">
          <Mark />
        </span>
        <p className="text-far font-bold text-balance">{sentence}</p>
        <p className="text-near">
          {desk.name}, {desk.tenant}
        </p>
      </div>
    </div>
  );
}
