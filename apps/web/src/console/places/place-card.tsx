import { guestRefusals, type Place, type RefusedGuest } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, groupsOfFour, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { SignPicture } from "../../common/sign-picture.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { Confirm } from "./confirm.tsx";
import { RenamePlace } from "./rename-place.tsx";
import { kindWords, words } from "./words.ts";

type Asked = "close" | "rename" | "relabel" | "retire";

/** One place: its label, who is there, and what can be done about it. */
export function PlaceCard({ place }: { place: Place }) {
  const utils = trpc.useUtils();
  const speech = useSpeech();
  const open = trpc.visit.open.useMutation();
  const close = trpc.visit.close.useMutation();
  const relabel = trpc.place.relabel.useMutation();
  const retire = trpc.place.retire.useMutation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id: placeId, name, kind, label, visit } = place;

  /** @returns What went wrong, in words. */
  async function done(doing: Promise<{ kind: "done" } | RefusedGuest>): Promise<string | null> {
    const told = await doing.then(
      (outcome) => (outcome.kind === "done" ? null : guestRefusals[outcome.because].say),
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.place.list.invalidate();
    return told;
  }
  const shut = () => setAsked(null);

  return (
    <article aria-label={name} className="grid grid-cols-1 gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold [overflow-wrap:anywhere]">
            {name} <span className="text-sm font-normal text-ink-soft">{kindWords[kind]}</span>
          </h2>
          {label && (
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
              {label.signs.map(({ word }) => (
                <span key={word} className="flex items-center gap-1.5">
                  <SignPicture word={word} className="size-5" />
                  {word}
                </span>
              ))}
              <a href={label.path} className="font-mono text-ink underline underline-offset-4">
                {groupsOfFour(label.key).join(" ")}
              </a>
            </p>
          )}
        </div>
        {label && (
          <p className="text-sm">
            {visit ? words.visit(shortMoment(visit.openedAt, speech), visit.guests) : words.empty}
          </p>
        )}
      </div>
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
      <div className="flex flex-wrap gap-2">
        {label && !visit && (
          <Button
            busy={open.isPending}
            onClick={() => void done(open.mutateAsync({ placeId })).then((told) => setProblem(told))}
          >
            {words.open}
          </Button>
        )}
        {visit && <Button onClick={() => setAsked("close")}>{words.close}</Button>}
        <Button onClick={() => setAsked("rename")}>{words.rename}</Button>
        {label && <Button onClick={() => setAsked("relabel")}>{words.relabel}</Button>}
        <Button onClick={() => setAsked("retire")}>{words.retire}</Button>
      </div>
      {asked === "close" && visit && (
        <Confirm
          title={words.closeTitle(name)}
          text={words.closeText}
          submit={words.close}
          act={() => done(close.mutateAsync({ visitId: visit.id }))}
          onClose={shut}
        />
      )}
      {asked === "relabel" && (
        <Confirm
          title={words.relabelTitle(name)}
          text={words.relabelText}
          submit={words.relabel}
          act={() => done(relabel.mutateAsync({ placeId }))}
          onClose={shut}
        />
      )}
      {asked === "retire" && (
        <Confirm
          title={words.retireTitle(name)}
          text={words.retireText}
          submit={words.retire}
          act={() => done(retire.mutateAsync({ placeId }))}
          onClose={shut}
        />
      )}
      {asked === "rename" && <RenamePlace place={place} onClose={shut} />}
    </article>
  );
}
