import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { EmptyNote } from "../../../common/empty-note.tsx";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Section } from "../../../common/section.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { IncidentCard } from "./incident-card.tsx";
import { words } from "./words.ts";

/** What went wrong with this flag, newest first. The newest lies open. */
export function Incidents({ flagKey }: { flagKey: FlagKey }) {
  const incidents = trpc.flag.breaker.incidents.useQuery({ key: flagKey });
  return (
    <Section title={words.incidents}>
      {incidents.isPending && <Skeleton className="h-24 rounded-card" label={words.loadingIncidents} />}
      {incidents.isError && !incidents.data && (
        <ErrorNote error={incidents.error} onRetry={() => void incidents.refetch()} />
      )}
      {incidents.data?.length === 0 && (
        <EmptyNote title={words.noIncidents}>
          <p className="text-ink-soft">{words.noIncidentsText}</p>
        </EmptyNote>
      )}
      <ol className="grid grid-cols-1 gap-3">
        {incidents.data?.map((incident, place) => (
          <li key={incident.id}>
            <IncidentCard incident={incident} isOpen={place === 0} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
