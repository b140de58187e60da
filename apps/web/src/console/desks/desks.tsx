import { trpc } from "@tessera/sdk/react";
import { buttonClass } from "@tessera/ui";
import { Plus } from "lucide-react";
import { Link } from "react-router";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { DeskCard } from "./desk-card.tsx";
import { words } from "./words.ts";

/** News brings every change of a desk; when it was last seen is no news. */
const LOOK_MS = 30_000;

/** Every desk of the house, how it stands and what it may do. */
export function Desks() {
  const desks = trpc.device.list.useQuery(undefined, { refetchInterval: LOOK_MS });

  return (
    <Page
      title={words.title}
      aside={
        <Link to="/console/desks/pair" className={buttonClass("primary")}>
          <Plus aria-hidden strokeWidth={1.75} className="size-5" />
          {words.pair}
        </Link>
      }
    >
      {desks.isPending && (
        <div className="grid grid-cols-1 gap-4">
          <Skeleton count={2} className="h-44 rounded-card" label={words.loading} />
        </div>
      )}
      {desks.isError && !desks.data && <ErrorNote error={desks.error} onRetry={() => void desks.refetch()} />}
      {desks.data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      {desks.data && desks.data.length > 0 && (
        <ul className="grid grid-cols-1 gap-4">
          {desks.data.map((desk) => (
            <li key={desk.deviceId}>
              <DeskCard desk={desk} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
