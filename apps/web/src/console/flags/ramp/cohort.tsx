import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Section } from "../../../common/section.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { Folded } from "../../controls/folded.tsx";
import { adoptionOf } from "./adoption.ts";
import { AdoptionMeter } from "./adoption-meter.tsx";
import { CohortTable } from "./cohort-table.tsx";
import { InviteForm } from "./invite-form.tsx";
import { words } from "./words.ts";

/** Who is asked first, in their order, and how many of them use it. */
export function Cohort({ flagKey }: { flagKey: FlagKey }) {
  const cohort = trpc.flag.ramp.cohort.useQuery({ key: flagKey });
  const isEmpty = cohort.data?.length === 0;

  return (
    <Section title={words.cohort}>
      <p className="mb-4 text-ink-soft">{words.cohortSays}</p>
      {cohort.isPending && <Skeleton className="h-40 rounded-card" label={words.cohort} />}
      {cohort.isError && !cohort.data && <ErrorNote error={cohort.error} onRetry={() => void cohort.refetch()} />}
      {cohort.data && (
        <div className="grid grid-cols-1 gap-4">
          {!isEmpty && <AdoptionMeter adoption={adoptionOf(cohort.data)} />}
          {!isEmpty && <CohortTable cohort={cohort.data} />}
          <Folded title={words.invite} aside={isEmpty ? words.cohortNone : undefined}>
            <InviteForm flagKey={flagKey} />
          </Folded>
        </div>
      )}
    </Section>
  );
}
