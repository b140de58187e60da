import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { Button } from "@tessera/ui";
import { type FormEvent, useState } from "react";
import { LetterPad } from "../common/letter-pad.tsx";
import { LettersField } from "../common/letters-field.tsx";
import { pairingFailureWords, unknownCodeWords } from "./pairing-words.ts";

const LENGTH = 8;

interface PairingFormProps {
  client: Connection["client"];
  onPaired: (desk: PairedDevice) => void;
}

/** One field for the code staff got in the web app. */
export function PairingForm({ client, onPaired }: PairingFormProps) {
  const [letters, setLetters] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const write = (next: string) => {
    setError(null);
    setLetters(next.slice(0, LENGTH));
  };

  const pair = async () => {
    if (busy) return;
    if (letters.length < LENGTH) return setError(`The code has ${LENGTH} letters and digits.`);
    setBusy(true);
    try {
      const outcome = await client.device.pair.mutate({ pairingCode: letters });
      if (outcome.kind === "paired") return onPaired(outcome);
      setError(unknownCodeWords);
    } catch (failure) {
      setError(pairingFailureWords(failure));
    }
    setBusy(false);
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void pair();
  };

  return (
    <form className="grid gap-gap" onSubmit={onSubmit}>
      <LettersField
        label="Pairing code"
        letters={letters}
        onLetters={write}
        spell={pairingSpelling}
        onEnter={() => void pair()}
        rows={1}
        hint="Staff get it in the web app: Me, then “Pair a kiosk”."
        error={error}
      />
      <LetterPad onLetter={(letter) => write(letters + letter)} onDelete={() => write(letters.slice(0, -1))} />
      <Button type="submit" look="primary" busy={busy} className="min-h-target text-desk">
        Pair this desk
      </Button>
    </form>
  );
}

const pairingSpelling = (typed: string) => typed.replace(/[^0-9a-z]/gi, "").toUpperCase();
