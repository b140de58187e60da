import { type ComponentProps, useId } from "react";

interface ChoiceListProps extends Omit<ComponentProps<"input">, "type" | "value"> {
  choices: readonly { value: string; label: string; hint?: string | undefined }[];
  /** For a list that is steered from outside; left out where a form registers it. */
  chosen?: string | undefined;
}

/** One of a few, each with what it means. Stands in a fieldset that says what is chosen. */
export function ChoiceList({ choices, chosen, className = "", ...input }: ChoiceListProps) {
  const id = useId();
  return (
    <div className={`grid grid-cols-1 gap-2 ${className}`}>
      {choices.map(({ value, label, hint }) => (
        <label
          key={value}
          className="flex min-h-11 cursor-pointer items-start gap-3 rounded-control border border-edge bg-surface px-3.5 py-2.5 hover:border-ink has-checked:border-accent has-checked:bg-accent-wash"
        >
          <input
            {...input}
            type="radio"
            value={value}
            {...(chosen !== undefined && { checked: chosen === value })}
            aria-labelledby={`${id}-${value}-label`}
            aria-describedby={hint ? `${id}-${value}` : undefined}
            className="mt-0.5 size-5 shrink-0 cursor-pointer"
          />
          <span className="grid min-w-0">
            <span id={`${id}-${value}-label`} className="font-medium">
              {label}
            </span>
            {hint && (
              <span id={`${id}-${value}`} className="text-sm text-ink-soft">
                {hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
