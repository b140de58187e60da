import type { Checkout } from "@tessera/contracts";
import { buttonClass, ResourcePicture } from "@tessera/ui";
import { Link } from "react-router";
import { useSpeech } from "../common/use-speech.ts";
import { type LoanState, loanWords } from "./loan-words.ts";
import { RenewButton } from "./renew-button.tsx";

const words = { giveBack: "Return", giveBackWhat: (name: string) => `Return ${name}` };

/** One thing I have: what it is, when it is due, and one tap to bring it back. */
export function LoanCard({ loan }: { loan: Checkout }) {
  const { state, text } = loanWords(loan, useSpeech());
  const { id, name, kind } = loan.resource;

  return (
    <article className="flex h-full flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-3 sm:gap-4">
      <ResourcePicture kind={kind} seed={id} className="size-16 shrink-0 self-start" />
      <div className="min-w-0 grow basis-28 text-balance">
        <h3 className="font-semibold">
          <Link to={`/things/${id}`} className="underline-offset-4 hover:underline">
            {name}
          </Link>
        </h3>
        <p className={`text-sm font-medium ${colours[state]}`}>{text}</p>
      </div>
      {state !== "returned" && (
        <div
          className={`flex flex-wrap gap-2 ${loan.renewal?.kind === "possible" ? "max-sm:w-full max-sm:*:grow" : ""}`}
        >
          <Link
            to={`/code/check_in/${id}`}
            aria-label={words.giveBackWhat(name)}
            className={buttonClass(state === "overdue" ? "primary" : "plain")}
          >
            {words.giveBack}
          </Link>
          <RenewButton loan={loan} />
        </div>
      )}
    </article>
  );
}

const colours: Record<LoanState, string> = {
  out: "text-ink-soft",
  soon: "text-wait-word",
  overdue: "text-no",
  returned: "text-ink-soft",
};
