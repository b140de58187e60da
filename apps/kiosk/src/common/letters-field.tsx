import { type ChangeEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { caretAfter, inGroups } from "./in-groups.ts";

interface LettersFieldProps {
  label: string;
  /** Stands across from the label. */
  aside?: ReactNode;
  /** Without the gaps: those are only shown. */
  letters: string;
  onLetters: (letters: string) => void;
  /** Brings what was typed to its exact spelling. */
  spell: (typed: string) => string;
  onEnter: () => void;
  rows: number;
  hint: string;
  error: string | null;
}

/** A box for a long code: capitals in groups of four, as they are printed. Enter sends. */
export function LettersField({
  label,
  aside,
  letters,
  onLetters,
  spell,
  onEnter,
  rows,
  hint,
  error,
}: LettersFieldProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);

  useEffect(() => box.current?.focus(), []);
  useLayoutEffect(() => {
    if (caret.current !== null) box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const onChange = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    caret.current = caretAfter(target.value, target.selectionStart, spell);
    onLetters(spell(target.value));
  };

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-gap">
        <label htmlFor={id} className="text-near font-semibold">
          {label}
        </label>
        {aside}
      </div>
      <textarea
        ref={box}
        id={id}
        rows={rows}
        value={inGroups(letters)}
        onChange={onChange}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onEnter();
        }}
        // The letters stand below the box; the phone's own keyboard would cover them.
        inputMode="none"
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        maxLength={400}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        className={`w-full resize-none rounded-control border-2 bg-surface px-4 py-2 text-letters font-semibold tracking-wider ${
          error ? "border-no" : "border-edge"
        }`}
      />
      <p id={`${id}-note`} aria-live="polite" className={`text-near ${error ? "text-no" : "text-ink-soft"}`}>
        {error ?? hint}
      </p>
    </div>
  );
}
