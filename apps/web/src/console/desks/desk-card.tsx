import type { Desk, DeskAct } from "@tessera/contracts";
import { age, Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../../common/use-speech.ts";
import { Note } from "../controls/note.tsx";
import { ActOnDesk } from "./act-on-desk.tsx";
import { ChangeDesk } from "./change-desk.tsx";
import { DeskBadge } from "./desk-badge.tsx";
import { QuarantineNote } from "./quarantine-note.tsx";
import { actWords, scopeWords, words } from "./words.ts";

/** One desk: how it stands, what it may do, and what can be done about it. */
export function DeskCard({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState<DeskAct | "change" | null>(null);
  const speech = useSpeech();
  const close = () => setOpen(null);
  const { name, state, because, scopes, lastSeenAt, pairedAt, isBlocked, isQuarantined, acts } = desk;
  const may = scopes.map((scope) => scopeWords[scope].may).join(", ");

  return (
    <article className="grid grid-cols-1 gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
      <div className="grid grid-cols-1 gap-1.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 text-lg font-semibold [overflow-wrap:anywhere]">{name}</h2>
          <DeskBadge state={state} />
        </div>
        <p className="text-sm text-ink-soft">
          {lastSeenAt ? words.seen(age(new Date(lastSeenAt), speech)) : words.neverSeen}
          {" · "}
          {words.paired(shortMoment(pairedAt, speech))}
        </p>
        <p>{may ? words.may(may) : words.mayNothing}</p>
        {because && state !== "working" && <p className="[overflow-wrap:anywhere]">“{because}”</p>}
      </div>
      {isQuarantined && <QuarantineNote deviceId={desk.deviceId} />}
      {state === "wiping" && isBlocked && <Note tone="wait">{words.alsoBlocked}</Note>}
      {state !== "wiped" && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen("change")}>{words.edit}</Button>
          {acts.map((act) => (
            <Button key={act} onClick={() => setOpen(act)}>
              {actWords[act].label}
            </Button>
          ))}
        </div>
      )}
      {open === "change" && <ChangeDesk desk={desk} onClose={close} />}
      {open !== null && open !== "change" && <ActOnDesk desk={desk} act={open} onClose={close} />}
    </article>
  );
}
