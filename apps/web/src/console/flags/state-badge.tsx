import type { Standing } from "./standing.ts";
import { stateWords } from "./words.ts";

const looks: Record<Standing["state"], string> = {
  on: "bg-ok text-ok-ink",
  partly: "bg-wait text-wait-ink",
  off: "bg-no text-no-ink",
};

/** On, off, or on for some: in a word and a colour. */
export function StateBadge({ state }: { state: Standing["state"] }) {
  return (
    <span className={`shrink-0 px-2.5 py-0.5 text-sm font-bold whitespace-nowrap ${looks[state]}`}>
      {stateWords[state]}
    </span>
  );
}
