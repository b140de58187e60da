import { type ComponentProps, useId } from "react";

interface TextAreaProps extends ComponentProps<"textarea"> {
  label: string;
  hint?: string | undefined;
  /** What is wrong and what to do, shown under the box and read with it. */
  error?: string | undefined;
}

/** A labelled box for several lines, one thing on each. */
export function TextArea({ label, hint, error, className = "", ...area }: TextAreaProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;

  return (
    <div className={`grid grid-cols-1 content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <textarea
        rows={4}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...area}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        className={`w-full rounded-control border bg-surface px-3.5 py-2.5 font-mono text-sm placeholder:text-ink-soft ${
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
