import type { ShownLoanRules } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { useFieldArray, useForm, useWatch } from "react-hook-form";
import { usePerson } from "../../app/person.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { notDoneBecause } from "../../member/lending-answer.ts";
import { Group } from "../controls/group.tsx";
import { Note } from "../controls/note.tsx";
import { HoursFields } from "./hours-fields.tsx";
import { RuleCard } from "./rule-card.tsx";
import { formOf, freshRule, hasTwins, type RulesForm, rulesIn } from "./rules-form.ts";
import { TryRules } from "./try-rules.tsx";
import { words } from "./words.ts";

/** The matrix and the hours in boxes, and beside them what they come to. */
export function EditRules({ shown }: { shown: ShownLoanRules }) {
  const speech = useSpeech();
  const { role } = usePerson();
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.loanRule.save.useMutation();
  const form = useForm<RulesForm>({ defaultValues: formOf(shown) });
  const { control, formState, handleSubmit, setError } = form;
  const { fields, append, remove } = useFieldArray({ control, name: "rules" });
  const draft = rulesIn(useWatch({ control }) as RulesForm);
  const mayChange = role !== "staff";

  const save = async (typed: RulesForm) => {
    const rules = rulesIn(typed);
    if (!rules || hasTwins(rules)) return setError("root", { message: words.twice });
    const message = await notDoneBecause(mutateAsync({ ...rules, seen: shown.version }), speech);
    if (message === null) await utils.loanRule.invalidate();
    else setError("root", { message });
  };

  return (
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <form noValidate onSubmit={handleSubmit(save)} className="grid min-w-0 grid-cols-1 gap-8">
        <p role="status" className="text-sm text-ink-soft">
          {shown.savedAt ? words.version(shown.version, shortMoment(shown.savedAt, speech)) : words.never}
        </p>
        {!mayChange && <Note>{words.staff}</Note>}
        <fieldset disabled={!mayChange} className="grid min-w-0 grid-cols-1 gap-8">
          <Group legend={words.rules} hint={words.rulesHint}>
            {fields.map(({ id }, index) => (
              <RuleCard key={id} form={form} index={index} onRemove={() => remove(index)} />
            ))}
            <Button onClick={() => append(freshRule)} className="justify-self-start">
              {words.add}
            </Button>
          </Group>
          <HoursFields form={form} timeZone={shown.timeZone} />
          <p role="alert" className="text-sm text-no empty:hidden">
            {formState.errors.root?.message}
          </p>
          {mayChange && (
            <Button type="submit" look="primary" busy={formState.isSubmitting} className="justify-self-start">
              {words.save}
            </Button>
          )}
        </fieldset>
      </form>
      <TryRules rules={draft && !hasTwins(draft) ? draft : null} />
    </div>
  );
}
