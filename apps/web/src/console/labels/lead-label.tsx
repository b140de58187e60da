import { type LabelOutcome, labelRefusals, type ResourceId, type ThingLabel } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { CheckBox } from "../controls/check-box.tsx";
import { ChoiceList } from "../controls/choice-list.tsx";
import { useSettled } from "../flags/use-settled.ts";
import { leadWords as words } from "./words.ts";

const SHOWN = 6;
const SETTLED_MS = 250;

/** Chooses the thing that a label leads to: its first one, or another. */
export function LeadLabel({ label, onClose }: { label: ThingLabel; onClose: () => void }) {
  const utils = trpc.useUtils();
  const claim = trpc.label.claim.useMutation();
  const relink = trpc.label.relink.useMutation();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<ResourceId | null>(null);
  const [replaces, setReplaces] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = useSettled(typed.trim(), SETTLED_MS);
  const things = trpc.resource.page.useQuery({ text, limit: SHOWN }, { placeholderData: (before) => before });
  const isBound = label.state === "bound";

  const save = async () => {
    if (!chosen) return setProblem(words.chosen);
    const saved: Promise<LabelOutcome> = isBound
      ? relink.mutateAsync({ labelId: label.id, resourceId: chosen })
      : claim.mutateAsync({ text: label.key, resourceId: chosen, replaces });
    const refused = await saved.then(
      (outcome) => (outcome.kind === "done" ? null : labelRefusals[outcome.because].say),
      (error) => failureWords(error),
    );
    await utils.label.invalidate();
    if (refused === null) onClose();
    else setProblem(refused);
  };

  return (
    <Dialog title={isBound ? words.move(label.name) : words.bind(label.name)} onClose={onClose}>
      <div className="grid grid-cols-1 gap-4">
        <p className="text-sm text-ink-soft">{words.about}</p>
        <Field
          type="search"
          label={words.find}
          hint={words.findHint}
          value={typed}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
        <fieldset>
          <legend className="sr-only">{words.things}</legend>
          <ChoiceList
            name="thing"
            chosen={chosen ?? ""}
            onChange={({ target }) => setChosen(target.value as ResourceId)}
            choices={(things.data?.things ?? []).map(({ id, name, place }) => ({
              value: id,
              label: name,
              hint: place,
            }))}
          />
        </fieldset>
        <p role="status" className="text-sm text-ink-soft empty:hidden">
          {things.data?.things.length === 0 && words.none}
        </p>
        {!isBound && (
          <CheckBox
            label={words.replaces}
            hint={words.replacesHint}
            checked={replaces}
            onChange={({ target }) => setReplaces(target.checked)}
          />
        )}
        <DialogFoot problem={problem} onClose={onClose}>
          <Button look="primary" busy={claim.isPending || relink.isPending} onClick={() => void save()}>
            {words.submit}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
