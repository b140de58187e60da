import { trpc } from "@tessera/sdk/react";
import { EmptyNote } from "../../../common/empty-note.tsx";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { Folded } from "../../controls/folded.tsx";
import { useFlagOfPage } from "../flag-page.tsx";
import { BreakerNow } from "./breaker-now.tsx";
import { Incidents } from "./incidents.tsx";
import { LimitsForm } from "./limits-form.tsx";
import { words } from "./words.ts";

/** The counts change with each call; this is as often as a person can follow. */
const LOOK_MS = 5_000;

/** What switches the flag off by itself: what it sees, its limits, and what went wrong. */
export function BreakerPart() {
  const { key } = useFlagOfPage().setting;
  const breakers = trpc.flag.breaker.list.useQuery(undefined, { refetchInterval: LOOK_MS });
  const breaker = breakers.data?.find((one) => one.key === key);

  if (breakers.isPending) return <Skeleton className="h-96 rounded-card" label={words.loading} />;
  if (breakers.isError && !breakers.data) {
    return <ErrorNote error={breakers.error} onRetry={() => void breakers.refetch()} />;
  }
  return (
    <>
      {breaker ? (
        <div className="mb-10 grid grid-cols-1 gap-4">
          <BreakerNow breaker={breaker} />
          <Folded title={words.limits} aside={words.limitsAside(breaker.limits)}>
            <LimitsForm flagKey={key} limits={breaker.limits} />
          </Folded>
        </div>
      ) : (
        <div className="mb-10">
          <EmptyNote title={words.none}>
            <p className="text-ink-soft">{words.noneText}</p>
          </EmptyNote>
        </div>
      )}
      <Incidents flagKey={key} />
    </>
  );
}
