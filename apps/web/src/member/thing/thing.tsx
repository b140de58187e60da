import { ResourcePicture } from "@tessera/ui";
import { useParams } from "react-router";
import { MissingPage } from "../../app/missing-page.tsx";
import { Page } from "../../app/page.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useResource } from "../../live/resources.ts";
import { loanLength } from "./loan-length.ts";
import { ThingAction } from "./thing-action.tsx";

const words = { loading: "Loading", failed: "This thing cannot be shown", back: "Find", place: "Place", loan: "Loan" };

/** One thing: what it is, how it stands this minute, and the one thing to do about it. */
export function Thing() {
  const { resourceId = "" } = useParams();
  const thing = useResource(resourceId);
  const back = { to: "/find", label: words.back };

  if (thing.isPending) {
    return (
      <Page title={words.loading} back={back} width="pair">
        <div className="grid gap-6 lg:grid-cols-2 lg:gap-10">
          <Skeleton className="h-44 rounded-card sm:h-56 lg:h-80" label={words.loading} />
        </div>
      </Page>
    );
  }
  if (thing.isMissing) return <MissingPage />;
  if (!thing.data) {
    return (
      <Page title={words.failed} back={back} width="pair">
        <ErrorNote error={thing.error ?? {}} onRetry={() => void thing.refetch()} />
      </Page>
    );
  }

  const { id, name, kind, description, place, loanMinutes } = thing.data;
  return (
    <Page title={name} back={back} width="pair">
      <div className="grid gap-6 lg:grid-cols-2 lg:gap-10">
        <ResourcePicture kind={kind} seed={id} form="banner" className="h-44 rounded-card sm:h-56 lg:h-80" />
        <div>
          <ThingAction resource={thing.data} />
          <p className="mb-6 max-w-prose">{description}</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-t border-line pt-4 text-sm">
            <dt className="text-ink-soft">{words.place}</dt>
            <dd className="font-medium">{place}</dd>
            <dt className="text-ink-soft">{words.loan}</dt>
            <dd className="font-medium">{loanLength(loanMinutes)}</dd>
          </dl>
        </div>
      </div>
    </Page>
  );
}
