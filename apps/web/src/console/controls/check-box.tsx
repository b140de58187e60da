import { type ComponentProps, useId } from "react";

interface CheckBoxProps extends Omit<ComponentProps<"input">, "type"> {
  label: string;
  hint?: string | undefined;
}

/** Yes or no. The whole line can be pressed. */
export function CheckBox({ label, hint, className = "", ...input }: CheckBoxProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <label className={`flex min-h-11 cursor-pointer items-start gap-3 py-2.5 ${className}`}>
      <input
        {...input}
        type="checkbox"
        aria-labelledby={id}
        aria-describedby={hint ? hintId : undefined}
        className="mt-0.5 size-5 shrink-0 cursor-pointer"
      />
      <span className="grid min-w-0">
        <span id={id} className="font-medium [overflow-wrap:anywhere]">
          {label}
        </span>
        {hint && (
          <span id={hintId} className="text-sm text-ink-soft">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
