import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { parsePercent } from "../../controls/percent.ts";
import { Select } from "../../controls/select.tsx";
import { unitNames } from "../counted.ts";
import { useFlagOfPage } from "../flag-page.tsx";
import { GuardFields } from "./guard-fields.tsx";
import { HoldFields } from "./hold-fields.tsx";
import { type PlanForm, wholeNumber } from "./plan-form.ts";
import { words } from "./words.ts";

export const choicesOf = (kinds: Record<string, string>) =>
  Object.entries(kinds).map(([value, label]) => ({ value, label }));

export const isShare = (text: string) => parsePercent(text) !== null || words.shareWrong;
export const isCount = (text: string) => wholeNumber(text) !== null || words.countWrong;

/** One step as it is typed: whom it lets in, until when it holds, and what stops it. */
export function StepFields({ place, onRemove }: { place: number; onRemove: (() => void) | null }) {
  const { register, watch, formState } = useFormContext<PlanForm>();
  const errors = formState.errors.steps?.[place];
  const at = `steps.${place}` as const;
  const reach = watch(`${at}.reach`);
  const { unit = "user" } = useFlagOfPage().setting.config;
  const reaches = choicesOf(words.reachKinds(unitNames[unit].many));

  return (
    <fieldset className="grid grid-cols-1 gap-4 rounded-card border border-line bg-surface p-4">
      <legend className="float-left mb-1 w-full font-semibold">{words.step(place + 1)}</legend>
      <div className="clear-both grid grid-cols-1 gap-4 md:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)_8rem] items-start gap-2">
          <Select {...register(`${at}.reach`)} label={words.reach} choices={reaches} />
          {reach === "cohort" ? (
            <Field
              {...register(`${at}.size`, { validate: isCount })}
              label={words.size}
              inputMode="numeric"
              autoComplete="off"
              error={errors?.size?.message}
            />
          ) : (
            <Field
              {...register(`${at}.share`, { validate: isShare })}
              label={words.share}
              inputMode="decimal"
              autoComplete="off"
              error={errors?.share?.message}
            />
          )}
        </div>
        <HoldFields place={place} />
      </div>
      <CheckBox {...register(`${at}.isGuarded`)} label={words.guard} hint={words.guardHint} />
      {watch(`${at}.isGuarded`) && <GuardFields place={place} />}
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          className="inline-flex min-h-11 items-center justify-self-start text-sm font-semibold underline decoration-edge underline-offset-4 hover:decoration-ink"
        >
          {words.removeStep(place + 1)}
        </button>
      )}
    </fieldset>
  );
}
