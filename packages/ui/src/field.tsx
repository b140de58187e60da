import { type ComponentProps, useId } from "react";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string | undefined;
  /** What is wrong and what to do, shown under the box and read with it. */
  error?: string | undefined;
}

/** A labelled box to type in. */
export function Field({ label, hint, error, className = "", ...input }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;

  return (
    <div className={`grid gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        className={`min-h-12 w-full rounded-control border bg-surface px-3.5 text-base placeholder:text-ink-soft ${
          error ? "border-no" : "border-edge"
        }`}
      />
      {note && (
        <p id={noteId} className={`text-sm ${error ? "text-no" : "text-ink-soft"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
