import { peopleRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../common/dialog.tsx";
import { failureWords } from "../common/failure-words.ts";
import { Section } from "../common/section.tsx";
import { AskPassword } from "./ask-password.tsx";
import { eraseWords as words } from "./words.ts";

/** The last door. Nothing is left behind it but a record without a name. */
export function EraseMe() {
  const [isOpen, setOpen] = useState(false);
  const erase = trpc.account.erase.useMutation();

  const eraseNow = async (password: string): Promise<string | null> => {
    try {
      const outcome = await erase.mutateAsync({ password });
      if (outcome.kind === "done") {
        window.location.assign("/");
        return null;
      }
      const { say, next } = peopleRefusals[outcome.because];
      return `${say} ${next}`;
    } catch (error) {
      return failureWords(error as Error);
    }
  };

  return (
    <Section title={words.title}>
      <p className="mb-4 text-sm text-ink-soft">{words.about}</p>
      <Button onClick={() => setOpen(true)}>{words.open}</Button>
      {isOpen && (
        <Dialog title={words.dialog} onClose={() => setOpen(false)}>
          <div className="mb-5 grid gap-2 rounded-control bg-no-wash p-4 text-sm">
            <p className="font-medium">{words.what}</p>
            <p>{words.first}</p>
          </div>
          <AskPassword label={words.password} submit={words.now} look="danger" onPassword={eraseNow} />
          <Button onClick={() => setOpen(false)} className="mt-3">
            {words.cancel}
          </Button>
        </Dialog>
      )}
    </Section>
  );
}
