import { type Request, type RequestOutcome, requestRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { age, Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { KindPicture } from "../../common/kind-picture.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { ActDialog } from "../flags/act-dialog.tsx";
import { actWords, stateWords, words } from "./words.ts";

/** Of what can be done, the one thing to do next. */
const NEXT = ["accept", "start", "finish"] as const;

const problemOf = (outcome: RequestOutcome): string | null => {
  if (outcome.kind === "done") return null;
  return outcome.because === "taken" ? words.taken(outcome.by) : requestRefusals[outcome.because].say;
};

/** One request: where and what, how long it waits, and the one thing to do next. */
export function QueueCard({ request }: { request: Request }) {
  const utils = trpc.useUtils();
  const speech = useSpeech();
  const by = {
    accept: trpc.request.accept.useMutation(),
    start: trpc.request.start.useMutation(),
    finish: trpc.request.finish.useMutation(),
  };
  const decline = trpc.request.decline.useMutation();
  const note = trpc.request.note.useMutation();
  const [open, setOpen] = useState<"decline" | "note" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id: requestId, kind, place, state, choices, quantity, times, owner, acts, madeAt, steps, because } = request;
  const next = NEXT.find((act) => acts.includes(act));
  const what = `${kind.name}, ${place.name}`;
  const details = [...choices, request.note, times > 1 ? words.times(times) : ""].filter(Boolean);

  /** @returns What went wrong, in words. */
  async function done(doing: Promise<RequestOutcome>): Promise<string | null> {
    const told = await doing.then(problemOf, (error: FailedCall | Error) => failureWords(error));
    await utils.request.list.invalidate();
    return told;
  }
  const act = async (name: (typeof NEXT)[number]) => setProblem(await done(by[name].mutateAsync({ requestId })));

  return (
    <article
      aria-label={what}
      data-state={state}
      className={`grid h-full grid-cols-1 content-start gap-3 rounded-card border bg-surface p-4 ${
        state === "received" ? "border-accent" : "border-line"
      }`}
    >
      <div className="flex items-start gap-3">
        <KindPicture picture={kind.picture} className="size-7 text-accent" />
        <div className="min-w-0 grow [overflow-wrap:anywhere]">
          <h2 className="text-lg font-semibold">{place.name}</h2>
          <p>
            {kind.name}
            {quantity > 1 && ` × ${quantity}`}
          </p>
          {details.length > 0 && <p className="text-sm text-ink-soft">{details.join(" · ")}</p>}
        </div>
        <p className="shrink-0 text-right text-sm text-ink-soft tabular-nums">
          {age(new Date(madeAt), speech)}
          <span className="block font-semibold text-ink">{stateWords[state]}</span>
          {owner && <span className="block">{owner}</span>}
        </p>
      </div>
      {because && <p className="text-sm [overflow-wrap:anywhere]">“{because}”</p>}
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
      {(next || acts.length > 0) && (
        <div className="flex flex-wrap gap-2">
          {next && (
            <Button look="primary" busy={by[next].isPending} onClick={() => void act(next)} className="grow">
              {actWords[next].label}
            </Button>
          )}
          {acts.includes("decline") && <Button onClick={() => setOpen("decline")}>{words.decline}</Button>}
          {acts.includes("note") && <Button onClick={() => setOpen("note")}>{words.note}</Button>}
        </div>
      )}
      {steps.length > 1 && (
        <details className="text-sm">
          <summary className="min-h-8 cursor-pointer font-medium text-ink-soft">{words.story}</summary>
          <ol className="mt-1 grid gap-1">
            {steps.map((step) => (
              <li key={`${step.at}${step.act}`} className="[overflow-wrap:anywhere]">
                <span className="text-ink-soft tabular-nums">{shortMoment(step.at, speech)}</span>{" "}
                {step.by ?? words.guest} {actWords[step.act].did}
                {step.note && `: ${step.note}`}
              </li>
            ))}
          </ol>
        </details>
      )}
      {open === "decline" && (
        <ActDialog
          title={words.declineTitle(what)}
          submit={words.decline}
          look="danger"
          act={(because) => done(decline.mutateAsync({ requestId, because }))}
          onClose={() => setOpen(null)}
        >
          <p>{words.declineText}</p>
        </ActDialog>
      )}
      {open === "note" && (
        <ActDialog
          title={words.noteTitle(what)}
          submit={words.note}
          act={(text) => done(note.mutateAsync({ requestId, note: text }))}
          onClose={() => setOpen(null)}
        >
          <p>{words.noteText}</p>
        </ActDialog>
      )}
    </article>
  );
}
