import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { minutesOf } from "../../controls/duration.ts";
import { DurationField } from "../../controls/duration-field.tsx";
import { Folded } from "../../controls/folded.tsx";
import { Select } from "../../controls/select.tsx";
import type { TargetingForm } from "./form.ts";
import { words } from "./words.ts";

const afters = Object.entries(words.afters).map(([value, label]) => ({ value, label }));
const YEAR_MINUTES = 525_600;

/** What is set once and left alone. */
export function MoreFields() {
  const { register, getValues, formState } = useFormContext<TargetingForm>();
  const { errors } = formState;
  const isAge = (amount: string) => {
    const minutes = minutesOf({ amount, unit: getValues("age.unit") });
    return (minutes !== null && minutes >= 1 && minutes <= YEAR_MINUTES) || words.ageWrong;
  };

  return (
    <Folded title={words.more} hasError={(errors.description ?? errors.age) !== undefined}>
      <Field
        {...register("description", { maxLength: { value: 500, message: words.descriptionLong } })}
        label={words.description}
        autoComplete="off"
        error={errors.description?.message}
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(18rem,100%),1fr))] items-start gap-4">
        <DurationField
          label={words.age}
          unitLabel={words.ageUnit}
          amount={register("age.amount", { validate: isAge })}
          unit={register("age.unit")}
          error={errors.age?.amount?.message}
        />
        <Select {...register("after")} label={words.after} choices={afters} />
      </div>
      <CheckBox {...register("archived")} label={words.archived} hint={words.archivedHint} />
    </Folded>
  );
}
