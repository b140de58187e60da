import { resourceKinds, type Thing, thingLimits, thingRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { DurationField } from "../controls/duration-field.tsx";
import { Select } from "../controls/select.tsx";
import { TextArea } from "../controls/text-area.tsx";
import { formOf, isLoan, type ThingForm, wordsIn } from "./thing-form.ts";
import { kindWords, formWords as words } from "./words.ts";

const kinds = resourceKinds.map((kind) => ({ value: kind, label: kindWords[kind] }));
const upTo = (letters: number) => ({ maxLength: { value: letters, message: words.tooLong(letters) } });

/** A new thing, or other words for one. */
export function ThingDialog({ thing, onClose }: { thing: Thing | null; onClose: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.resource.create.useMutation();
  const change = trpc.resource.change.useMutation();
  const { register, handleSubmit, formState, setError, getValues } = useForm<ThingForm>({
    defaultValues: formOf(thing),
  });
  const { errors, isSubmitting } = formState;

  const save = async (form: ThingForm) => {
    const saved = thing
      ? change.mutateAsync({ resourceId: thing.id, ...wordsIn(form) })
      : create.mutateAsync(wordsIn(form));
    const message = await saved.then(
      (outcome) => (outcome.kind === "done" ? null : thingRefusals[outcome.because].say),
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.resource.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };

  return (
    <Dialog title={thing ? words.edit(thing.name) : words.add} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(save)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("name", {
            validate: (name) => name.trim() !== "" || words.nameMissing,
            ...upTo(thingLimits.name),
          })}
          label={words.name}
          hint={words.nameHint}
          autoComplete="off"
          error={errors.name?.message}
        />
        <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
          <Select {...register("kind")} label={words.kind} choices={kinds} />
          <Field
            {...register("place", upTo(thingLimits.place))}
            label={words.place}
            hint={words.placeHint}
            autoComplete="off"
            error={errors.place?.message}
          />
        </div>
        <TextArea
          {...register("description", upTo(thingLimits.description))}
          label={words.description}
          hint={words.descriptionHint}
          autoCapitalize="sentences"
          spellCheck
          className="font-sans"
          error={errors.description?.message}
        />
        <DurationField
          label={words.loan}
          unitLabel={words.unit}
          amount={register("amount", {
            validate: (amount) => isLoan({ amount, unit: getValues("unit") }) || words.loanWrong,
          })}
          unit={register("unit", { deps: "amount" })}
          error={errors.amount?.message}
        />
        <DialogFoot problem={errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={isSubmitting}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
