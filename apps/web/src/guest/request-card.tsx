import { type Request, requestRefusals, type WaitingTime } from "@tessera/contracts";
import { age, Button } from "@tessera/ui";
import { useState } from "react";
import { type FailedCall, failureWords } from "../common/failure-words.ts";
import { KindPicture } from "../common/kind-picture.tsx";
import { useSpeech } from "../common/use-speech.ts";
import { line } from "./guest-line.ts";
import { Rating } from "./rating.tsx";
import { StepLine } from "./step-line.tsx";
import { waitWords } from "./wait-words.ts";
import { stateWords, words } from "./words.ts";

interface RequestCardProps {
  request: Request;
  wait: WaitingTime | null;
  onChanged: () => void;
}

type Act = "cancel" | "confirm" | "reopen";

/** One request: what it is, where it stands, how long it takes, and what the guest can do. */
export function RequestCard({ request, wait, onChanged }: RequestCardProps) {
  const speech = useSpeech();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { kind, state, choices, quantity, note, times, because, acts, isMine, stars } = request;
  const isOpen = state === "received" || state === "accepted" || state === "in_progress";

  const act = async (what: Act) => {
    setBusy(true);
    setProblem(null);
    try {
      const outcome = await line.client.request[what].mutate({ requestId: request.id });
      if (outcome.kind === "refused") setProblem(requestRefusals[outcome.because].say);
    } catch (error) {
      setProblem(failureWords(error as FailedCall & Error));
    }
    setBusy(false);
    onChanged();
  };
  const details = [...choices, note, times > 1 ? words.times(times) : "", isMine ? "" : words.fromOther].filter(
    Boolean,
  );

  return (
    <article
      aria-label={kind.name}
      data-state={state}
      className="grid grid-cols-1 gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="flex items-start gap-3">
        <KindPicture picture={kind.picture} className="size-7 text-accent" />
        <div className="min-w-0 grow [overflow-wrap:anywhere]">
          <h3 className="font-semibold">
            {kind.name}
            {quantity > 1 && ` × ${quantity}`}
          </h3>
          {details.length > 0 && <p className="text-sm text-ink-soft">{details.join(" · ")}</p>}
        </div>
        <p className="shrink-0 text-sm text-ink-soft">{age(new Date(request.madeAt), speech)}</p>
      </div>
      <StepLine state={state} />
      <p role="status">
        {stateWords[state]}
        {because && ` ${words.because(because)}`}
      </p>
      {isOpen && <p className="text-sm text-ink-soft">{waitWords(wait)}</p>}
      {acts.some((one) => one !== "rate") && (
        <div className="flex flex-wrap gap-2">
          {acts.includes("confirm") && (
            <Button look="primary" busy={isBusy} onClick={() => void act("confirm")}>
              {words.confirm}
            </Button>
          )}
          {acts.includes("reopen") && (
            <Button busy={isBusy} onClick={() => void act("reopen")}>
              {words.reopen}
            </Button>
          )}
          {acts.includes("cancel") && (
            <Button busy={isBusy} onClick={() => void act("cancel")}>
              {words.cancelRequest}
            </Button>
          )}
        </div>
      )}
      {acts.includes("rate") && <Rating requestId={request.id} stars={stars} onRated={onChanged} />}
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
    </article>
  );
}
