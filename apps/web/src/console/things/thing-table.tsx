import { type Thing, thingRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { AvailabilityLine, Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { durationText } from "../controls/duration.ts";
import { Table } from "../controls/table.tsx";
import { kindWords, words } from "./words.ts";

interface ThingTableProps {
  things: readonly Thing[];
  onEdit: (thing: Thing) => void;
  onRetire: (thing: Thing) => void;
}

/** One row for each thing; its name opens it. */
export function ThingTable({ things, onEdit, onRetire }: ThingTableProps) {
  const speech = useSpeech();
  return (
    <Table
      caption={words.title}
      head={[words.name, words.kind, words.place, words.loan, words.state, words.acts]}
      rows={things.map((thing) => ({
        key: thing.id,
        cells: [
          <button
            key="name"
            type="button"
            onClick={() => onEdit(thing)}
            aria-label={words.edit(thing.name)}
            className="min-h-11 min-w-28 text-left font-semibold underline decoration-edge underline-offset-4 [overflow-wrap:anywhere] hover:decoration-ink"
          >
            {thing.name}
          </button>,
          kindWords[thing.kind],
          thing.place,
          durationText(thing.loanMinutes),
          thing.retiredAt ? (
            words.retired(shortMoment(thing.retiredAt, speech))
          ) : (
            <AvailabilityLine key="state" availability={thing.availability} speech={speech} />
          ),
          thing.retiredAt ? (
            <BringBack key="act" thing={thing} />
          ) : (
            <Button
              key="act"
              look="quiet"
              className="-ml-4"
              aria-label={words.retireWhat(thing.name)}
              onClick={() => onRetire(thing)}
            >
              {words.retire}
            </Button>
          ),
        ],
      }))}
    />
  );
}

function BringBack({ thing: { id, name } }: { thing: Thing }) {
  const utils = trpc.useUtils();
  const bringBack = trpc.resource.bringBack.useMutation();
  const [problem, setProblem] = useState<string | null>(null);

  const act = async () => {
    const refused = await bringBack.mutateAsync({ resourceId: id }).then(
      (outcome) => (outcome.kind === "done" ? null : thingRefusals[outcome.because].say),
      (error: FailedCall | Error) => failureWords(error),
    );
    setProblem(refused);
    await utils.resource.invalidate();
  };

  return (
    <>
      <Button
        look="quiet"
        className="-ml-4"
        busy={bringBack.isPending}
        aria-label={words.bringBackWhat(name)}
        onClick={() => void act()}
      >
        {words.bringBack}
      </Button>
      <Alert text={problem} />
    </>
  );
}
