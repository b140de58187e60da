import { Button, OutcomeShape } from "@tessera/ui";
import { type FailedCall, failureWords } from "./failure-words.ts";

const words = { again: "Try again" };

/** A list or a page that could not be had, and the way to try again. */
export function ErrorNote({ error, onRetry }: { error: FailedCall | Error; onRetry?: () => void }) {
  return (
    <div role="alert" className="flex w-full max-w-xl items-start gap-4 rounded-card border border-line bg-surface p-5">
      <OutcomeShape tone="look" cut="stroke-wait-ink" className="mt-0.5 size-8 shrink-0 text-wait" />
      <div className="grid justify-items-start gap-3">
        <p className="mt-1">{failureWords(error)}</p>
        {onRetry && <Button onClick={onRetry}>{words.again}</Button>}
      </div>
    </div>
  );
}
