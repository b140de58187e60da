import { type FlagUnit, flagUnits } from "@tessera/contracts/flags";
import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { parsePercent } from "../../controls/percent.ts";
import { Select } from "../../controls/select.tsx";
import type { TargetingForm } from "./form.ts";
import { words } from "./words.ts";

const units = flagUnits.map((unit: FlagUnit) => ({ value: unit, label: words.units[unit] }));

/** A share: the slider for a rough one, the box for the exact one. */
export function ShareFields() {
  const { register, watch, setValue, formState } = useFormContext<TargetingForm>();
  const typed = watch("percentage");
  const percent = parsePercent(typed);
  const slide = (text: string) =>
    setValue("percentage", text, { shouldDirty: true, shouldValidate: formState.isSubmitted });

  return (
    <div className="grid grid-cols-1 gap-3 rounded-control border border-line bg-surface p-4">
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={Math.round(percent ?? 0)}
        aria-label={words.share}
        aria-valuetext={words.sliderText(percent === null ? "0" : String(percent))}
        onChange={({ target }) => slide(target.value)}
        className="h-11 w-full cursor-pointer"
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(8rem,100%),1fr))] items-start gap-3">
        <Field
          {...register("percentage", { validate: (text) => parsePercent(text) !== null || words.percentWrong })}
          label={words.percent}
          hint={words.percentHint}
          inputMode="decimal"
          autoComplete="off"
          error={formState.errors.percentage?.message}
        />
        <Select {...register("unit")} label={words.unit} choices={units} />
      </div>
    </div>
  );
}
