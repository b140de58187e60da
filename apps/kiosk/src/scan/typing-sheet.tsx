import { Button } from "@tessera/ui";
import { type FormEvent, useState } from "react";
import { LetterPad } from "../common/letter-pad.tsx";
import { LettersField } from "../common/letters-field.tsx";
import { Sheet } from "../common/sheet.tsx";
import { CODE_LENGTH, looksLikeOurs, spelled } from "./spelling.ts";

interface TypingSheetProps {
  /** Kept by the screen until a code is taken: a slip of the finger must not cost thirty letters. */
  letters: string;
  onLetters: (letters: string) => void;
  onTyped: (text: string) => void;
  onClose: () => void;
}

/** For a cracked phone, a dim screen, a dead camera: the letters below the code, by hand. */
export function TypingSheet({ letters, onLetters, onTyped, onClose }: TypingSheetProps) {
  const [error, setError] = useState<string | null>(null);

  const write = (next: string) => {
    setError(null);
    onLetters(spelled(next));
  };
  const check = () => (looksLikeOurs(letters) ? onTyped(letters) : setError(NOT_OURS));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    check();
  };

  return (
    <Sheet title="Type the code" onClose={onClose}>
      <form className="grid gap-gap" onSubmit={onSubmit}>
        <LettersField
          label="Letters of the code"
          aside={<Count letters={letters} onClear={() => write("")} />}
          letters={letters}
          onLetters={write}
          spell={spelled}
          onEnter={check}
          rows={2}
          hint="They stand below the code, in groups of four, and begin with T1."
          error={error}
        />
        <LetterPad onLetter={(letter) => write(letters + letter)} onDelete={() => write(letters.slice(0, -1))} />
        <Button type="submit" look="primary" className="min-h-target text-desk">
          Check this code
        </Button>
      </form>
    </Sheet>
  );
}

/** How far it is, and the way to begin anew: the letters may be those of somebody who has left. */
function Count({ letters, onClear }: { letters: string; onClear: () => void }) {
  return (
    <span className="flex items-baseline gap-gap text-near text-ink-soft">
      {letters !== "" && (
        <button type="button" onClick={onClear} className="underline underline-offset-4 hover:text-ink">
          Clear
        </button>
      )}
      {letters.length} of {CODE_LENGTH} letters
    </span>
  );
}

const NOT_OURS = "Our codes begin with T1. Compare it with the letters below the code.";
