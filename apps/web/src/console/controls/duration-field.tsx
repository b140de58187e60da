import { Field } from "@tessera/ui";
import type { UseFormRegisterReturn } from "react-hook-form";
import { durationUnits } from "./duration.ts";
import { Select } from "./select.tsx";

interface DurationFieldProps {
  label: string;
  /** What the list of units is called for those who do not see that it belongs to the number. */
  unitLabel: string;
  amount: UseFormRegisterReturn;
  unit: UseFormRegisterReturn;
  error?: string | undefined;
}

const units = durationUnits.map((unit) => ({ value: unit, label: unit }));

/** A number and its unit. */
export function DurationField({ label, unitLabel, amount, unit, error }: DurationFieldProps) {
  return (
    <div className="grid grid-cols-2 items-start gap-2">
      <Field {...amount} label={label} inputMode="decimal" autoComplete="off" error={error} />
      <Select {...unit} label={unitLabel} choices={units} hidesLabel className="mt-7" />
    </div>
  );
}
