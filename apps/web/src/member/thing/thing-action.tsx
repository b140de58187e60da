import type { Resource } from "@tessera/contracts";
import { trpc, useFlag } from "@tessera/sdk/react";
import { AvailabilityLine, Button, buttonClass, shortMoment } from "@tessera/ui";
import { useId, useState } from "react";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { loanOf, loanWords } from "../loan-words.ts";
import { RenewButton } from "../renew-button.tsx";
import { isKeptForMe, nextStep } from "./next-step.ts";
import { QueueAction } from "./queue-action.tsx";
import { ReserveDialog } from "./reserve-dialog.tsx";

const words = {
  take: "Get code",
  giveBack: "Return",
  mine: "You have it.",
  forMe: (until: string) => `Kept for you until ${until}`,
  reserve: "Reserve for later",
  switched_off: "Codes are switched off at the moment. Ask the staff, or try again later.",
};

/** The line of state, the one action below it, and what else can be done. */
export function ThingAction({ resource }: { resource: Resource }) {
  const speech = useSpeech();
  const loans = trpc.checkout.mine.useQuery();
  const line = trpc.checkout.line.useQuery({ resourceId: resource.id }).data;
  const flag = useFlag("qr-checkout-enabled", { resourceId: resource.id });
  const [isReserving, setReserving] = useState(false);
  const loan = loanOf(loans.data, resource.id);
  const { availability } = resource;
  const step = nextStep({ availability, loan, codesAreOn: flag.decision?.value ?? true, line });
  const reason = useId();
  const { dueAt } = availability;

  return (
    <div className="mb-8 grid gap-3">
      <p role="status" className="text-lg">
        {loan ? (
          <span className="font-medium">
            {words.mine} {loanWords(loan, speech).text}.
          </span>
        ) : isKeptForMe({ availability, line }) && dueAt ? (
          <span className="font-medium text-ok">{words.forMe(shortMoment(dueAt, speech))}</span>
        ) : (
          <AvailabilityLine availability={availability} speech={speech} />
        )}
      </p>
      {step === "take" && (
        <Link to={`/code/check_out/${resource.id}`} className={`${buttonClass("primary", "large")} w-full`}>
          {words.take}
        </Link>
      )}
      {loan && (
        <>
          <Link to={`/code/check_in/${resource.id}`} className={`${buttonClass("primary", "large")} w-full`}>
            {words.giveBack}
          </Link>
          <RenewButton loan={loan} className="w-full" />
        </>
      )}
      {(step === "join" || step === "waiting") && <QueueAction resource={resource} line={line} />}
      {step === "switched_off" && (
        <>
          <Button disabled size="large" look="plain" aria-describedby={reason} className="w-full">
            {words.take}
          </Button>
          <p id={reason} className="text-sm text-ink-soft">
            {words.switched_off}
          </p>
        </>
      )}
      {line?.isReservable && !loan && (
        <Button look="quiet" onClick={() => setReserving(true)} className="-ml-4 justify-self-start">
          {words.reserve}
        </Button>
      )}
      {isReserving && line && <ReserveDialog resource={resource} line={line} onClose={() => setReserving(false)} />}
    </div>
  );
}
