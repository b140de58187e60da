import type { RequestState } from "@tessera/contracts";
import { stepWords } from "./words.ts";

/** How far along the line a request is; null: it left the line. */
const REACHED: Record<RequestState, number | null> = {
  received: 0,
  accepted: 1,
  in_progress: 2,
  done: 3,
  confirmed: 3,
  declined: null,
  cancelled: null,
  expired: null,
};

/** The steps of a request as tiles in a row; those behind it are filled. */
export function StepLine({ state }: { state: RequestState }) {
  const reached = REACHED[state];
  if (reached === null) return null;
  return (
    <ol className="grid grid-cols-4 gap-1.5 text-xs">
      {stepWords.map((word, place) => (
        <li key={word} aria-current={place === reached ? "step" : undefined} className="grid content-start gap-1">
          <span aria-hidden className={`h-2 ${place <= reached ? "bg-ok" : "bg-line"}`} />
          <span className={place === reached ? "font-semibold" : "text-ink-soft"}>{word}</span>
        </li>
      ))}
    </ol>
  );
}
