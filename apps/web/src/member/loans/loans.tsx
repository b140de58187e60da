import { trpc } from "@tessera/sdk/react";
import { buttonClass } from "@tessera/ui";
import { Link } from "react-router";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { LoanCard } from "../loan-card.tsx";
import { PastLoan } from "./past-loan.tsx";
import { ToCome } from "./to-come.tsx";

const words = {
  title: "Loans",
  open: "Out now",
  past: "Brought back",
  loading: "Loading your loans",
  none: "Nothing is out",
  noneText: "What you borrow stands here, with the day it is due.",
  find: "Find something",
};

/** What I have and what I had. */
export function Loans() {
  const loans = trpc.checkout.mine.useQuery();
  const open = loans.data?.filter(({ returnedAt }) => !returnedAt);
  const past = loans.data?.filter(({ returnedAt }) => returnedAt);

  return (
    <Page title={words.title}>
      {loans.isError && !open && <ErrorNote error={loans.error} onRetry={() => void loans.refetch()} />}
      {loans.isPending && (
        <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
          <Skeleton count={3} className="h-24 rounded-card" label={words.loading} />
        </div>
      )}
      {open?.length === 0 && (
        <div className="mb-10">
          <EmptyNote title={words.none}>
            <p className="text-ink-soft">{words.noneText}</p>
            <Link to="/find" className={buttonClass("primary")}>
              {words.find}
            </Link>
          </EmptyNote>
        </div>
      )}
      {!!open?.length && (
        <Section title={words.open}>
          <ul className="grid grid-cols-1 gap-3 lg:grid-cols-2">
            {open.map((loan) => (
              <li key={loan.id}>
                <LoanCard loan={loan} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <ToCome />
      {!!past?.length && (
        <Section title={words.past}>
          <ul className="divide-y divide-line border-y border-line">
            {past.map((loan) => (
              <li key={loan.id}>
                <PastLoan loan={loan} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
