import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { Select } from "../../controls/select.tsx";
import type { PlanForm } from "./plan-form.ts";
import { choicesOf, isCount, isShare, sideBySide } from "./step-boxes.ts";
import { words } from "./words.ts";

/** What stops a step by itself. */
export function GuardFields({ place }: { place: number }) {
  const { register, formState } = useFormContext<PlanForm>();
  const errors = formState.errors.steps?.[place];
  const at = `steps.${place}` as const;

  return (
    <div className={sideBySide}>
      <Field
        {...register(`${at}.above`, { validate: isShare })}
        label={words.above}
        inputMode="decimal"
        autoComplete="off"
        error={errors?.above?.message}
      />
      <Field
        {...register(`${at}.minCalls`, { validate: isCount })}
        label={words.minCalls}
        inputMode="numeric"
        autoComplete="off"
        error={errors?.minCalls?.message}
      />
      <Select {...register(`${at}.action`)} label={words.action} choices={choicesOf(words.actions)} />
    </div>
  );
}
