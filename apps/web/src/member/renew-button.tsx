import { type Checkout, lendingWords } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../common/use-speech.ts";
import { notDoneBecause } from "./lending-answer.ts";

const words = {
  renew: "Renew",
  renewWhat: (name: string, until: string) => `Renew ${name} until ${until}`,
  done: (until: string) => `Renewed until ${until}.`,
};

/** More time for a loan, where there is some to be had; and what came of it. */
export function RenewButton({ loan, className = "" }: { loan: Checkout; className?: string }) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const renew = trpc.checkout.renew.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const { renewal } = loan;

  const more = async () => {
    setProblem(await notDoneBecause(renew.mutateAsync({ checkoutId: loan.id }), speech));
    await utils.checkout.invalidate();
  };
  const until = renew.data?.kind === "renewed" ? shortMoment(renew.data.dueAt, speech) : null;

  return (
    <>
      {renewal?.kind === "possible" && (
        <Button
          busy={renew.isPending}
          aria-label={words.renewWhat(loan.resource.name, shortMoment(renewal.dueAt, speech))}
          onClick={() => void more()}
          className={className}
        >
          {words.renew}
        </Button>
      )}
      {renewal?.kind === "refused" && !until && (
        <p className="basis-full text-sm text-ink-soft">{lendingWords(renewal.refusal, speech).say}</p>
      )}
      <p role="status" className="basis-full text-sm font-medium text-ok empty:hidden">
        {until && words.done(until)}
      </p>
      <p role="alert" className="basis-full text-sm text-no empty:hidden">
        {problem}
      </p>
    </>
  );
}
