import type { Resource } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { AvailabilityLine, Button, buttonClass, OutcomeCard, outcomeOf } from "@tessera/ui";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { useResource } from "../../live/resources.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { loanOf, loanWords } from "../loan-words.ts";
import { useSelfScan } from "./use-self-scan.ts";
import { words } from "./words.ts";

/** The one thing to do about the thing in somebody's hand: take it, or return it; at a desk where the tenant wants it so. */
export function SelfService({ resource }: { resource: Resource }) {
  const speech = useSpeech();
  const thing = useResource(resource.id).data ?? resource;
  const settings = trpc.tenant.settings.useQuery();
  const loans = trpc.checkout.mine.useQuery();
  const scan = useSelfScan(resource.id);
  const loan = loanOf(loans.data, resource.id);

  if (scan.outcome) {
    return (
      <div role="status" className="grid gap-5">
        <OutcomeCard size="phone" outcome={outcomeOf(scan.outcome, speech)} />
        <div className="grid grid-cols-2 gap-3">
          <Link to="/loans" className={buttonClass("plain", "large")}>
            {words.loans}
          </Link>
          <Link to="/scan" className={buttonClass("primary", "large")}>
            {words.scanAgain}
          </Link>
        </div>
      </div>
    );
  }

  const purpose = loan ? "check_in" : thing.availability.state === "free" ? "check_out" : null;
  const isAllowed = settings.data?.selfService === true && !scan.isSentToDesk;
  return (
    <div className="grid gap-3">
      <p role="status" className="text-lg">
        {loan ? (
          <span className="font-medium">
            {words.mine} {loanWords(loan, speech).text}.
          </span>
        ) : (
          <AvailabilityLine availability={thing.availability} speech={speech} />
        )}
      </p>
      {purpose === null && <p className="text-sm text-ink-soft">{words.out}</p>}
      {purpose && settings.data && loans.data && isAllowed && (
        <Button look="primary" size="large" busy={scan.isPending} onClick={() => scan.send(purpose)} className="w-full">
          {purpose === "check_out" ? words.take : words.giveBack}
        </Button>
      )}
      {purpose && settings.data && loans.data && !isAllowed && (
        <>
          <Link to={`/code/${purpose}/${resource.id}`} className={`${buttonClass("primary", "large")} w-full`}>
            {purpose === "check_out" ? words.getCode : words.returnByCode}
          </Link>
          <p className="text-sm text-ink-soft">{words.atDesk}</p>
        </>
      )}
      <Alert text={scan.problem} />
    </div>
  );
}
