import type { RequestBoard } from "@tessera/contracts";
import { words } from "./words.ts";

/** How soon somebody answers, and what guests think of it; nothing where there is nothing to say. */
export function QueueFigures({ board: { response, rating } }: { board: RequestBoard }) {
  return (
    <div className="text-sm text-ink-soft tabular-nums">
      {response && <p>{words.response(words.minutes(Math.max(1, Math.ceil(response.averageSeconds / 60))))}</p>}
      {rating && <p>{words.rating(rating.average.toFixed(1), rating.of)}</p>}
    </div>
  );
}
