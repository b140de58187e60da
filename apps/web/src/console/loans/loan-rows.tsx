import type { FindLoans, LoanPage } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { notDoneBecause } from "../../member/lending-answer.ts";
import { Table } from "../controls/table.tsx";
import { words } from "./words.ts";

/** One page of what is out, and below it, once asked for, the next. */
export function LoanRows({ wish }: { wish: FindLoans }) {
  const [showsMore, setShowsMore] = useState(false);
  const page = trpc.checkout.find.useQuery(wish, { placeholderData: (held) => held });
  const isFirst = !wish.after;

  if (page.isPending) return <Skeleton count={5} className="mb-2 h-12 rounded-control" label={words.loading} />;
  if (!page.data) return <ErrorNote error={page.error ?? {}} onRetry={() => void page.refetch()} />;
  const { loans, next } = page.data;
  if (loans.length === 0) return isFirst ? <Nothing wish={wish} /> : null;
  return (
    <>
      <LoanTable loans={loans} />
      {next && !showsMore && (
        <Button className="w-full" onClick={() => setShowsMore(true)}>
          {words.more}
        </Button>
      )}
      {next && showsMore && <LoanRows wish={{ ...wish, after: next }} />}
    </>
  );
}

function Nothing({ wish: { text, overdueOnly } }: { wish: FindLoans }) {
  if (text || overdueOnly) return <p className="text-ink-soft">{words.notFound}</p>;
  return (
    <EmptyNote title={words.none}>
      <p className="text-ink-soft">{words.noneText}</p>
    </EmptyNote>
  );
}

function LoanTable({ loans }: { loans: LoanPage["loans"] }) {
  const speech = useSpeech();
  const rows = loans.map((loan) => {
    const due = shortMoment(loan.dueAt, speech);
    const isLate = Date.parse(loan.dueAt) < speech.now.getTime();
    const cells = [
      loan.resource.name,
      loan.holder.name,
      shortMoment(loan.outAt, speech),
      isLate ? <span className="font-semibold text-no">{words.overdueSince(due)}</span> : due,
      String(loan.renewals),
      <RenewFor key="renew" loan={loan} />,
    ];
    return { key: loan.id, cells };
  });
  const head = [words.thing, words.holder, words.out, words.due, words.renewals, words.act];
  return <Table caption={words.title} head={head} rows={rows} figures={[4]} />;
}

function RenewFor({ loan }: { loan: LoanPage["loans"][number] }) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const renew = trpc.checkout.renew.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const more = async () => {
    setProblem(await notDoneBecause(renew.mutateAsync({ checkoutId: loan.id }), speech));
    await utils.checkout.invalidate();
  };
  return (
    <>
      <Button
        look="quiet"
        busy={renew.isPending}
        aria-label={words.renewWhat(loan.resource.name, loan.holder.name)}
        onClick={() => void more()}
        className="-mx-4"
      >
        {words.renew}
      </Button>
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
    </>
  );
}
