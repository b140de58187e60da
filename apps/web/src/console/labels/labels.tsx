import { type LabelState, labelStates, type ThingLabel } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { usePerson } from "../../app/person.ts";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { Chip } from "../controls/chip.tsx";
import { Note } from "../controls/note.tsx";
import { LabelStory } from "./label-story.tsx";
import { type LabelAct, LabelTable } from "./label-table.tsx";
import { LeadLabel } from "./lead-label.tsx";
import { MakeLabels } from "./make-labels.tsx";
import { PrintBatch } from "./print-batch.tsx";
import { RetireLabel } from "./retire-label.tsx";
import { SelfServiceSwitch } from "./self-service.tsx";
import { stateWords, words } from "./words.ts";

type Open = { act: "make" } | { act: LabelAct; label: ThingLabel };

/** Labels before and after they stick on things: drawn, printed, bound, moved, and those that lead nowhere. */
export function Labels() {
  const [state, setState] = useState<LabelState | "alarm" | undefined>();
  const [after, setAfter] = useState<number | undefined>();
  const [open, setOpen] = useState<Open | null>(null);
  const list = trpc.label.list.useQuery({ state, after }, { placeholderData: (before) => before });
  const batches = trpc.label.batches.useQuery();
  const close = () => setOpen(null);
  const { role } = usePerson();
  const { data } = list;
  const narrow = (wanted: typeof state) => {
    setState(wanted);
    setAfter(undefined);
  };

  const make = (
    <Button look="primary" onClick={() => setOpen({ act: "make" })}>
      <Plus aria-hidden strokeWidth={1.75} className="size-5" />
      {words.make}
    </Button>
  );
  const isEmpty = batches.data?.length === 0;
  const problem = list.error ?? batches.error;

  return (
    <Page title={words.title} aside={isEmpty ? null : make}>
      {role !== "staff" && <SelfServiceSwitch />}
      {list.isPending && <Skeleton count={4} className="mb-2 h-14 rounded-card" label={words.loading} />}
      {problem && !data && <ErrorNote error={problem} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
          {make}
        </EmptyNote>
      )}
      {data && !isEmpty && (
        <div className="grid grid-cols-1 gap-6">
          {data.alarms > 0 && state !== "alarm" && (
            <Note tone="wait">
              <p>{words.alarms(data.alarms)}</p>
              <Button onClick={() => narrow("alarm")}>{words.showAlarms}</Button>
            </Note>
          )}
          {batches.data && <PrintBatch batches={batches.data} />}
          <fieldset className="flex flex-wrap gap-2">
            <legend className="sr-only">{words.states}</legend>
            {[...labelStates, "alarm" as const].map((one) => (
              <Chip key={one} isOn={state === one} onPress={() => narrow(state === one ? undefined : one)}>
                {one === "alarm" ? words.alarm : stateWords[one]}
              </Chip>
            ))}
          </fieldset>
          {data.labels.length === 0 ? (
            <EmptyNote title={words.noMatch}>
              <p className="text-ink-soft">{words.noMatchText}</p>
              <Button onClick={() => narrow(undefined)}>{words.clear}</Button>
            </EmptyNote>
          ) : (
            <LabelTable labels={data.labels} onAct={(act, label) => setOpen({ act, label })} />
          )}
          <nav aria-label={words.title} className="flex justify-between gap-3 empty:hidden">
            {after && <Button onClick={() => setAfter(undefined)}>{words.newest}</Button>}
            {data.next && <Button onClick={() => setAfter(data.next ?? undefined)}>{words.more}</Button>}
          </nav>
        </div>
      )}
      {open?.act === "make" && <MakeLabels onClose={close} />}
      {open?.act === "lead" && <LeadLabel label={open.label} onClose={close} />}
      {open?.act === "retire" && <RetireLabel label={open.label} onClose={close} />}
      {open?.act === "story" && <LabelStory label={open.label} onClose={close} />}
    </Page>
  );
}
