import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useEffect, useState } from "react";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { QueueCard } from "./queue-card.tsx";
import { QueueFigures } from "./queue-figures.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { arrange, type Filter, filtered } from "./queue-order.ts";
import { words } from "./words.ts";

/** News brings every change; that time passes is none. */
const LOOK_MS = 30_000;

/** What guests wait for, the oldest first. Nothing moves by itself: what is new is announced, and let in by a tap. */
export function Queue() {
  const board = trpc.request.list.useQuery(undefined, { refetchInterval: LOOK_MS });
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const [filter, setFilter] = useState<Filter>({ kind: "", place: "" });
  const { data } = board;

  const lay = () => setHeld(data ? data.open.map(({ id }) => id) : null);
  const isBare = !!data && (held === null || arrange(held, data).cards.length === 0);
  useEffect(() => {
    if (isBare) setHeld(data.open.map(({ id }) => id)); // no card lies there that could move
  }, [isBare, data]);

  const { cards, fresh } = data ? arrange(held, data) : { cards: [], fresh: [] };
  const shown = filtered(cards, filter);
  const isAnySettled = cards.some((card) => !data?.open.includes(card));
  const settled = data?.settled.filter(({ id }) => !held?.includes(id)) ?? [];

  return (
    <Page title={words.title} aside={data && <QueueFigures board={data} />}>
      {board.isPending && (
        <div className="grid grid-cols-1 gap-4">
          <Skeleton count={3} className="h-40 rounded-card" label={words.loading} />
        </div>
      )}
      {board.isError && !data && <ErrorNote error={board.error} onRetry={() => void board.refetch()} />}
      {data && (
        <>
          <div className="sticky top-0 z-10 -mx-1 bg-paper px-1 pb-3">
            <p role="status" className="empty:hidden">
              {fresh.length > 0 && (
                <Button look="primary" size="large" className="w-full" onClick={lay}>
                  {words.fresh(fresh.length)}
                </Button>
              )}
            </p>
          </div>
          <QueueFilters requests={cards} filter={filter} onFilter={setFilter} />
          {cards.length === 0 && (
            <EmptyNote title={words.none}>
              <p className="text-ink-soft">{words.noneText}</p>
            </EmptyNote>
          )}
          <ul className="mb-6 grid grid-cols-1 gap-4 lg:grid-cols-2">
            {shown.map((request) => (
              <li key={request.id}>
                <QueueCard request={request} />
              </li>
            ))}
          </ul>
          {isAnySettled && fresh.length === 0 && <Button onClick={lay}>{words.tidy}</Button>}
          {settled.length > 0 && (
            <div className="mt-8">
              <Section title={words.settled}>
                <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
                  {settled.map((request) => (
                    <li key={request.id}>
                      <QueueCard request={request} />
                    </li>
                  ))}
                </ul>
              </Section>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
