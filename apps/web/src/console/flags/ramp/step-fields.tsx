import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { Folded } from "../../controls/folded.tsx";
import { Select } from "../../controls/select.tsx";
import { unitNames } from "../counted.ts";
import { useFlagOfPage } from "../flag-page.tsx";
import { GuardFields } from "./guard-fields.tsx";
import { HoldFields } from "./hold-fields.tsx";
import { type PlanForm, stepOf } from "./plan-form.ts";
import { guardText, holdText, reachText } from "./ramp-words.ts";
import { choicesOf, isCount, isShare, sideBySide } from "./step-boxes.ts";
import { words } from "./words.ts";

/** One step of a plan: what it says, and at a press the boxes to change it. */
export function StepFields({ place, onRemove }: { place: number; onRemove: (() => void) | null }) {
  const { register, watch, formState } = useFormContext<PlanForm>();
  const errors = formState.errors.steps?.[place];
  const at = `steps.${place}` as const;
  const { reach, hold, guards } = stepOf(watch(at));
  const { unit = "user" } = useFlagOfPage().setting.config;
  const says = [holdText(hold), ...guards.map(guardText)].join(". ");

  return (
    <Folded
      title={`${words.step(place + 1)}: ${reachText(reach, unit)}`}
      aside={says[0]?.toUpperCase() + says.slice(1)}
      hasError={errors !== undefined}
    >
      <fieldset className="grid min-w-0 grid-cols-1 gap-4">
        <legend className="sr-only">{words.step(place + 1)}</legend>
        <div className={sideBySide}>
          <Select
            {...register(`${at}.reach`)}
            label={words.reach}
            choices={choicesOf(words.reachKinds(unitNames[unit].many))}
          />
          <Field
            {...(reach.kind === "cohort"
              ? register(`${at}.size`, { validate: isCount })
              : register(`${at}.share`, { validate: isShare }))}
            key={reach.kind === "cohort" ? "size" : "share"}
            label={reach.kind === "cohort" ? words.size : words.share}
            inputMode="decimal"
            autoComplete="off"
            error={reach.kind === "cohort" ? errors?.size?.message : errors?.share?.message}
          />
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
    </Folded>
  );
}
