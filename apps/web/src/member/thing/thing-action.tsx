import type { Resource } from "@tessera/contracts";
import { trpc, useFlag } from "@tessera/sdk/react";
import { AvailabilityLine, Button, buttonClass } from "@tessera/ui";
import { useId } from "react";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { loanOf, loanWords } from "../loan-words.ts";
import { nextStep } from "./next-step.ts";

const words = {
  take: "Get code",
  giveBack: "Return",
  mine: "You have it.",
  wait: "Somebody has it. This page changes by itself when it is back.",
  switched_off: "Codes are switched off at the moment. Ask the staff, or try again later.",
};

/** The line of state and the one action below it. */
export function ThingAction({ resource }: { resource: Resource }) {
  const speech = useSpeech();
  const loans = trpc.checkout.mine.useQuery();
  const flag = useFlag("qr-checkout-enabled", { resourceId: resource.id });
  const loan = loanOf(loans.data, resource.id);
  const step = nextStep(resource.availability, loan, flag.decision?.value ?? true);
  const reason = useId();

  return (
    <div className="mb-8 grid gap-3">
      <p role="status" className="text-lg">
        {loan ? (
          <span className="font-medium">
            {words.mine} {loanWords(loan, speech).text}.
          </span>
        ) : (
          <AvailabilityLine availability={resource.availability} speech={speech} />
        )}
      </p>
      {step === "take" && (
        <Link to={`/code/check_out/${resource.id}`} className={`${buttonClass("primary", "large")} w-full`}>
          {words.take}
        </Link>
      )}
      {step === "give_back" && (
        <Link to={`/code/check_in/${resource.id}`} className={`${buttonClass("primary", "large")} w-full`}>
          {words.giveBack}
        </Link>
      )}
      {(step === "wait" || step === "switched_off") && (
        <>
          <Button disabled size="large" look="plain" aria-describedby={reason} className="w-full">
            {words.take}
          </Button>
          <p id={reason} className="text-sm text-ink-soft">
            {words[step]}
          </p>
        </>
      )}
    </div>
  );
}
