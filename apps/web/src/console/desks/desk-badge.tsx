import type { DeskState } from "@tessera/contracts";
import { stateWords } from "./words.ts";

const looks: Record<DeskState, string> = {
  working: "bg-ok text-ok-ink",
  locked: "bg-wait text-wait-ink",
  wiping: "bg-wait text-wait-ink",
  wiped: "bg-sunken text-ink",
  blocked: "bg-no text-no-ink",
};

/** How a desk stands, in a word and a colour. */
export function DeskBadge({ state }: { state: DeskState }) {
  return (
    <span className={`shrink-0 px-2.5 py-0.5 text-sm font-bold whitespace-nowrap ${looks[state]}`}>
      {stateWords[state]}
    </span>
  );
}
