import { shareText } from "../../controls/percent.ts";
import { ADOPTION_GOAL, type Adoption } from "./adoption.ts";
import { words } from "./words.ts";

/** How many of those who could have used it, against the goal. The words say all that the bar shows. */
export function AdoptionMeter({ adoption: { inside, used, percent, isReached } }: { adoption: Adoption }) {
  return (
    <div className="grid gap-2">
      <p>
        {inside === 0 ? words.adoptionNone : words.adoption(used, inside, shareText(used, inside))}
        {isReached && <strong className="text-ok"> {words.reached}</strong>}
      </p>
      <div aria-hidden className="relative h-3 bg-sunken">
        <div className={`h-full ${isReached ? "bg-ok" : "bg-info"}`} style={{ width: `${percent}%` }} />
        <div className="absolute -top-1 h-5 w-0.5 bg-ink" style={{ left: `${ADOPTION_GOAL}%` }} />
      </div>
    </div>
  );
}
