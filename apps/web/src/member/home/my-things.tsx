import { trpc } from "@tessera/sdk/react";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { LoanCard } from "../loan-card.tsx";
import { FirstSteps } from "./first-steps.tsx";

const words = { title: "You have", loading: "Loading what you have" };

/** What is in my hands, due soonest first; the server sends it so. */
export function MyThings() {
  const loans = trpc.checkout.mine.useQuery();
  const open = loans.data?.filter(({ returnedAt }) => !returnedAt);

  if (open?.length === 0) return <FirstSteps />;
  return (
    <Section title={words.title} aside={open && <span className="text-sm text-ink-soft">{open.length}</span>}>
      {loans.isError && !open && <ErrorNote error={loans.error} onRetry={() => void loans.refetch()} />}
      {loans.isPending && (
        <div className="grid gap-3 lg:grid-cols-2">
          <Skeleton count={2} className="h-24 rounded-card" label={words.loading} />
        </div>
      )}
      {open && (
        <ul className="grid grid-cols-1 gap-3 lg:grid-cols-2">
          {open.map((loan) => (
            <li key={loan.id}>
              <LoanCard loan={loan} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
