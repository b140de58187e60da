import type { Checkout } from "@tessera/contracts";
import { ResourcePicture } from "@tessera/ui";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { loanWords } from "../loan-words.ts";

/** A line of the past: small, because nothing is to be done about it. */
export function PastLoan({ loan }: { loan: Checkout }) {
  const { id, name, kind } = loan.resource;
  return (
    <Link to={`/things/${id}`} className="group flex min-h-14 items-center gap-3 py-2">
      <ResourcePicture kind={kind} seed={id} className="size-10 shrink-0" />
      <span className="min-w-0 grow sm:flex sm:items-baseline sm:justify-between sm:gap-4">
        <span className="block font-medium underline-offset-4 group-hover:underline">{name}</span>
        <span className="block shrink-0 text-sm text-ink-soft">{loanWords(loan, useSpeech()).text}</span>
      </span>
    </Link>
  );
}
