import type { RequestId } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { Star } from "lucide-react";
import { useId, useState } from "react";
import { line } from "./guest-line.ts";
import { words } from "./words.ts";

interface RatingProps {
  requestId: RequestId;
  /** As it was given before; null: it was not. */
  stars: number | null;
  onRated: () => void;
}

/** One to five stars at a tap, and a word for who has one. */
export function Rating({ requestId, stars, onRated }: RatingProps) {
  const [given, setGiven] = useState(stars);
  const [comment, setComment] = useState("");
  const [isDone, setDone] = useState(stars !== null);
  const id = useId();

  const send = async (count: number, text: string) => {
    setGiven(count);
    const outcome = await line.client.request.rate.mutate({ requestId, stars: count, comment: text }).catch(() => null);
    if (outcome?.kind === "done" && text) setDone(true);
    onRated();
  };

  return (
    <div className="grid gap-3 border-t border-line pt-3">
      <fieldset>
        <legend className="mb-1 text-sm font-semibold">{words.rate}</legend>
        <div className="-ml-2 flex">
          {[1, 2, 3, 4, 5].map((count) => (
            <button
              key={count}
              type="button"
              aria-label={words.stars(count)}
              aria-pressed={given === count}
              onClick={() => void send(count, comment)}
              className="grid size-11 place-items-center"
            >
              <Star
                aria-hidden
                strokeWidth={1.75}
                className={`size-7 ${given !== null && count <= given ? "fill-wait text-wait" : "text-ink-soft"}`}
              />
            </button>
          ))}
        </div>
      </fieldset>
      {given !== null && !isDone && (
        <div className="flex flex-wrap items-end gap-2">
          <div className="grid grow gap-1.5">
            <label htmlFor={id} className="text-sm font-semibold">
              {words.comment}
            </label>
            <input
              id={id}
              maxLength={500}
              value={comment}
              onChange={({ target }) => setComment(target.value)}
              className="min-h-11 w-full rounded-control border border-edge bg-surface px-3.5"
            />
          </div>
          <Button disabled={!comment.trim()} onClick={() => void send(given, comment)}>
            {words.sendRating}
          </Button>
        </div>
      )}
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {given !== null && isDone ? words.thanks : ""}
      </p>
    </div>
  );
}
