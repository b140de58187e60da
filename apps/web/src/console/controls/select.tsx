import { type ComponentProps, useId } from "react";

interface SelectProps extends ComponentProps<"select"> {
  label: string;
  choices: readonly { value: string; label: string }[];
  /** Where the label is said by what stands around it. */
  hidesLabel?: boolean;
}

/** One of a few, from the browser's own list. */
export function Select({ label, choices, hidesLabel = false, className = "", ...select }: SelectProps) {
  const id = useId();
  return (
    <div className={`grid grid-cols-1 content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className={hidesLabel ? "sr-only" : "text-sm font-semibold"}>
        {label}
      </label>
      <select
        {...select}
        id={id}
        className="min-h-12 w-full rounded-control border border-edge bg-surface px-3 text-base text-ink"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
