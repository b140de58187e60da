import { resourceKinds, Tier } from "@tessera/contracts";
import { Button, Field } from "@tessera/ui";
import type { UseFormReturn } from "react-hook-form";
import { CheckBox } from "../controls/check-box.tsx";
import { minutesOf } from "../controls/duration.ts";
import { DurationField } from "../controls/duration-field.tsx";
import { Select } from "../controls/select.tsx";
import { isLoanLength, type RulesForm, wholeIn } from "./rules-form.ts";
import { words } from "./words.ts";

const kinds = [{ value: "", label: words.any }, ...resourceKinds.map((kind) => ({ value: kind, label: kind }))];

interface RuleCardProps {
  form: UseFormReturn<RulesForm>;
  index: number;
  onRemove(): void;
}

/** One row of the matrix: for what and whom, and what holds then. */
export function RuleCard({ form: { register, formState, getValues }, index, onRemove }: RuleCardProps) {
  const errors = formState.errors.rules?.[index];
  const box = <Name extends keyof RulesForm["rules"][number]>(name: Name) => `rules.${index}.${name}` as const;
  const isWhole = (text: string) => wholeIn(text) !== null || words.notANumber;
  const isEmptyOr = (check: (text: string) => true | string) => (text: string) => text.trim() === "" || check(text);
  const isLength = (amount: string) =>
    isLoanLength(minutesOf({ amount, unit: getValues(`rules.${index}.unit`) }) ?? 0) || words.tooShort;
  const isTier = (text: string) => Tier.safeParse(text).success || words.badTier;

  return (
    <fieldset className="grid min-w-0 gap-4 rounded-card border border-line bg-surface p-4">
      <legend className="sr-only">{words.number(index + 1)}</legend>
      <div className="flex items-center justify-between gap-4">
        <p aria-hidden className="font-semibold">
          {words.number(index + 1)}
        </p>
        <Button look="quiet" aria-label={words.removeNumber(index + 1)} onClick={onRemove} className="-mr-4">
          {words.remove}
        </Button>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-3">
        <Field {...register(box("place"))} label={words.place} hint={words.anyHint} autoComplete="off" />
        <Field
          {...register(box("tier"), { validate: isEmptyOr(isTier) })}
          label={words.tier}
          hint={words.anyHint}
          autoComplete="off"
          error={errors?.tier?.message}
        />
        <Select {...register(box("kind"))} label={words.kind} choices={kinds} />
        <div>
          <DurationField
            label={words.length}
            unitLabel={words.unit}
            amount={register(box("amount"), { validate: isEmptyOr(isLength) })}
            unit={register(box("unit"))}
            error={errors?.amount?.message}
          />
          <p className="mt-1.5 text-sm text-ink-soft">{words.lengthHint}</p>
        </div>
        <Field
          {...register(box("renewals"), { validate: isWhole })}
          label={words.renewals}
          inputMode="numeric"
          autoComplete="off"
          error={errors?.renewals?.message}
        />
        <Field
          {...register(box("atOnce"), { validate: isEmptyOr(isWhole) })}
          label={words.atOnce}
          hint={words.atOnceHint}
          inputMode="numeric"
          autoComplete="off"
          error={errors?.atOnce?.message}
        />
      </div>
      <CheckBox {...register(box("reservable"))} label={words.reservable} className="-my-2" />
    </fieldset>
  );
}
