import { useQuery } from "@tanstack/react-query";
import type { Resolved } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { buttonClass, ResourcePicture } from "@tessera/ui";
import { Link, useParams } from "react-router";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { SelfService } from "./self-service.tsx";
import { deadWords, words } from "./words.ts";

const back = { to: "/scan", label: words.title };

/** Where a label leads, whether the app's scanner read it or the phone's own camera. */
export function LabelPage() {
  const { key = "" } = useParams();
  const { client } = trpc.useUtils();
  const label = useQuery({
    queryKey: ["label", key],
    queryFn: () => client.label.resolve.mutate({ text: key }),
    staleTime: Number.POSITIVE_INFINITY, // each look is a scan, and one that leads nowhere is counted
    gcTime: 0,
    retry: false,
  });

  if (label.data) return <Found found={label.data} />;
  return (
    <Page title={words.title} back={back} width="narrow">
      {label.isError ? (
        <ErrorNote error={label.error} onRetry={() => void label.refetch()} />
      ) : (
        <Skeleton className="h-56 rounded-card" label={words.looking} />
      )}
    </Page>
  );
}

function Found({ found }: { found: Resolved }) {
  if (found.kind === "thing") {
    const { id, name, kind, description } = found.resource;
    return (
      <Page title={name} back={back} width="narrow">
        <ResourcePicture kind={kind} seed={id} form="banner" className="mb-6 h-44 rounded-card" />
        <SelfService resource={found.resource} />
        <p className="mt-6 mb-4 max-w-prose">{description}</p>
        <Link to={`/things/${id}`} className={`${buttonClass("quiet")} -ml-4`}>
          {words.more}
        </Link>
      </Page>
    );
  }
  const { title, text, to, label } = noteOf(found);
  return (
    <Page title={title} back={back} width="narrow">
      <EmptyNote title={title}>
        <p className="text-ink-soft">{text}</p>
        <Link to={to} className={buttonClass("primary")}>
          {label}
        </Link>
      </EmptyNote>
    </Page>
  );
}

function noteOf(found: Exclude<Resolved, { kind: "thing" }>) {
  const find = { to: "/find", label: words.find };
  if (found.kind === "dead") return { title: words.dead, text: deadWords[found.because], ...find };
  if (found.kind === "unknown") return { title: words.unknown, text: words.unknownText, ...find };
  return { title: words.unbound, text: words.unboundText, to: "/console/labels", label: words.bind };
}
