import { Delete } from "lucide-react";
import type { PointerEvent } from "react";

/** The letters our codes are written with: no I, L, O or U, so nobody mistakes them. */
const LETTERS = Array.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

interface LetterPadProps {
  onLetter: (letter: string) => void;
  onDelete: () => void;
}

/** Keys for a screen without a keyboard. */
export function LetterPad({ onLetter, onDelete }: LetterPadProps) {
  return (
    <fieldset className="letter-pad" onPointerDown={keepFocus}>
      <legend className="sr-only">Letters</legend>
      {LETTERS.map((letter) => (
        <button key={letter} type="button" tabIndex={-1} className={keyClass} onClick={() => onLetter(letter)}>
          {letter}
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        aria-label="Delete"
        className={`${keyClass} letter-pad-delete`}
        onClick={onDelete}
      >
        <Delete strokeWidth={1.75} aria-hidden className="size-[1.3em]" />
      </button>
    </fieldset>
  );
}

const keyClass =
  "grid min-h-target min-w-0 place-items-center rounded-control border border-edge bg-surface text-desk font-semibold " +
  "active:bg-accent active:text-accent-ink";

/** The caret stays in the box above. */
const keepFocus = (event: PointerEvent) => event.preventDefault();
