import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { minutesOf } from "../../controls/duration.ts";
import { DurationField } from "../../controls/duration-field.tsx";
import { Select } from "../../controls/select.tsx";
import type { PlanForm } from "./plan-form.ts";
import { choicesOf, isCount } from "./step-boxes.ts";
import { words } from "./words.ts";

/** Until when a step holds: boxes among those of the step. */
export function HoldFields({ place }: { place: number }) {
  const { register, watch, formState } = useFormContext<PlanForm>();
  const errors = formState.errors.steps?.[place];
  const at = `steps.${place}` as const;
  const hold = watch(`${at}.hold`);
  const isTime = (amount: string) => minutesOf({ amount, unit: "minutes" }) !== null || words.timeWrong;

  return (
    <>
      <Select {...register(`${at}.hold`)} label={words.hold} choices={choicesOf(words.holdKinds)} />
      {hold === "time" && (
        <DurationField
          label={words.time}
          unitLabel={words.timeUnit}
          amount={register(`${at}.time.amount`, { validate: isTime })}
          unit={register(`${at}.time.unit`)}
          error={errors?.time?.amount?.message}
        />
      )}
      {hold === "sample" && (
        <Field
          {...register(`${at}.calls`, { validate: isCount })}
          label={words.calls}
          inputMode="numeric"
          autoComplete="off"
          error={errors?.calls?.message}
        />
      )}
    </>
  );
}
