import { Button, Field } from "@tessera/ui";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { Group } from "../controls/group.tsx";
import { Select } from "../controls/select.tsx";
import type { RulesForm } from "./rules-form.ts";
import { words } from "./words.ts";

const days = words.days.map((label, index) => ({ value: String(index + 1), label }));

/** When somebody is there to take things back. */
export function HoursFields({ form, timeZone }: { form: UseFormReturn<RulesForm>; timeZone: string }) {
  const { control, register, getValues, formState } = form;
  const { fields, append, remove } = useFieldArray({ control, name: "hours" });
  const errors = formState.errors.hours;
  const closesLater = (index: number) => (to: string) =>
    (to !== "" && (to === "00:00" || to > getValues(`hours.${index}.from`))) || words.badHours;

  return (
    <Group legend={words.hours} hint={`${words.hoursHint} ${words.zone(timeZone)}`}>
      {fields.map(({ id, day, from }, index) => (
        <div key={id} className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[1fr_9rem_9rem_auto]">
          <Select {...register(`hours.${index}.day`)} label={words.day} choices={days} className="max-sm:col-span-2" />
          <Field {...register(`hours.${index}.from`)} type="time" label={words.from} />
          <Field
            {...register(`hours.${index}.to`, { validate: closesLater(index) })}
            type="time"
            label={words.to}
            error={errors?.[index]?.to?.message}
          />
          <Button
            look="quiet"
            aria-label={words.removeHours(words.days[Number(day) - 1] ?? "", from)}
            onClick={() => remove(index)}
          >
            {words.remove}
          </Button>
        </div>
      ))}
      <Button onClick={() => append({ day: "1", from: "09:00", to: "18:00" })} className="justify-self-start">
        {words.addHours}
      </Button>
    </Group>
  );
}
