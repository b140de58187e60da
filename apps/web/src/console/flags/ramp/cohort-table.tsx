import type { CohortMember } from "@tessera/contracts/flags";
import { Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../../../common/use-speech.ts";
import { Table } from "../../controls/table.tsx";
import { words } from "./words.ts";

/** A cohort may have a thousand places; nobody reads them at once. */
const STEP = 50;
const head = [words.place, words.person, words.isIn, words.usedAt];

export function CohortTable({ cohort }: { cohort: readonly CohortMember[] }) {
  const [shown, setShown] = useState(STEP);
  const speech = useSpeech();
  const left = cohort.length - shown;

  const rows = cohort.slice(0, shown).map(({ place, email, name, memberId, isIn, usedAt }) => ({
    key: email,
    cells: [
      place,
      <span key="who" className="grid [overflow-wrap:anywhere]">
        <span className="font-medium">{name ?? email}</span>
        <span className="text-ink-soft">{memberId ? name && email : words.notSigned}</span>
      </span>,
      isIn ? words.yes : words.no,
      usedAt ? shortMoment(usedAt, speech) : words.notYet,
    ],
  }));

  return (
    <>
      <Table caption={words.cohort} head={head} rows={rows} />
      {left > 0 && (
        <Button className="justify-self-start" onClick={() => setShown(shown + STEP)}>
          {`Show ${Math.min(STEP, left)} more`}
        </Button>
      )}
    </>
  );
}
