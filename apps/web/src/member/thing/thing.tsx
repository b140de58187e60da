import { ResourcePicture } from "@tessera/ui";
import { useParams } from "react-router";
import { MissingPage } from "../../app/missing-page.tsx";
import { Page } from "../../app/page.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useResource } from "../../live/resources.ts";
import { loanLength } from "./loan-length.ts";
import { ThingAction } from "./thing-action.tsx";

const words = { loading: "Loading", back: "Find", place: "Place", loan: "Loan" };

/** One thing: what it is, how it stands this minute, and the one thing to do about it. */
export function Thing() {
  const { resourceId = "" } = useParams();
  const thing = useResource(resourceId);
  const back = { to: "/find", label: words.back };

  if (thing.isPending) {
    return (
      <Page title={words.loading} back={back} width="narrow">
        <Skeleton className="mb-6 h-48 rounded-card" label={words.loading} />
        <Skeleton className="h-40 rounded-card" label={words.loading} />
      </Page>
    );
  }
  if (thing.data === null || thing.error?.data?.code === "BAD_REQUEST") return <MissingPage />;
  if (!thing.data) {
    return (
      <Page title={words.loading} back={back} width="narrow">
        <ErrorNote error={thing.error ?? {}} onRetry={() => void thing.refetch()} />
      </Page>
    );
  }

  const { id, name, kind, description, place, loanMinutes } = thing.data;
  return (
    <Page title={name} back={back} width="narrow">
      <ResourcePicture kind={kind} seed={id} form="banner" className="mb-6 h-44 w-full rounded-card sm:h-56" />
      <ThingAction resource={thing.data} />
      <p className="mb-6 max-w-prose">{description}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-t border-line pt-4 text-sm">
        <dt className="text-ink-soft">{words.place}</dt>
        <dd className="font-medium">{place}</dd>
        <dt className="text-ink-soft">{words.loan}</dt>
        <dd className="font-medium">{loanLength(loanMinutes)}</dd>
      </dl>
    </Page>
  );
}
