import { type ReactNode, useId } from "react";

interface GroupProps {
  legend: string;
  hint?: string | undefined;
  children: ReactNode;
  className?: string;
}

/** Controls that belong together, under one name. */
export function Group({ legend, hint, children, className = "" }: GroupProps) {
  const hintId = useId();
  return (
    <fieldset aria-describedby={hint ? hintId : undefined} className={`grid min-w-0 grid-cols-1 gap-3 ${className}`}>
      <legend className="mb-3 text-lg font-semibold">{legend}</legend>
      {hint && (
        <p id={hintId} className="-mt-3 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  );
}
