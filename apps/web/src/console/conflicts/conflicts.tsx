import { trpc } from "@tessera/sdk/react";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import { QuarantinedDesks } from "./quarantined-desks.tsx";
import { words } from "./words.ts";

/** What desks did without a network and could not know better: two stories each, and how it ended. */
export function Conflicts() {
  const conflicts = trpc.conflict.list.useQuery();
  const { data } = conflicts;
  const open = data?.filter(({ settledAt }) => settledAt === null) ?? [];
  const past = data?.filter(({ settledAt }) => settledAt !== null) ?? [];

  return (
    <Page title={words.title}>
      <QuarantinedDesks />
      {conflicts.isPending && <Skeleton count={2} className="h-56 rounded-card" label={words.loading} />}
      {conflicts.isError && !data && <ErrorNote error={conflicts.error} onRetry={() => void conflicts.refetch()} />}
      {data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      {open.length > 0 && (
        <Section title={words.open(open.length)}>
          <ConflictList conflicts={open} />
        </Section>
      )}
      {past.length > 0 && (
        <Section title={words.past}>
          <ConflictList conflicts={past} />
        </Section>
      )}
    </Page>
  );
}

function ConflictList({ conflicts }: { conflicts: readonly Parameters<typeof ConflictCard>[0]["conflict"][] }) {
  return (
    <ul className="grid grid-cols-1 gap-4">
      {conflicts.map((conflict) => (
        <li key={conflict.id}>
          <ConflictCard conflict={conflict} />
        </li>
      ))}
    </ul>
  );
}
