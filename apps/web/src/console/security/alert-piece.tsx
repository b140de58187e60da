import type { AlertId, AlertQuery } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { AlertCard } from "./alert-card.tsx";
import { words } from "./words.ts";

/** News tells of what is new or worse; how often the same was seen again is no news. */
const LOOK_MS = 5_000;

interface AlertPieceProps {
  wanted: Pick<AlertQuery, "severity"> & { everywhere: boolean; open: boolean };
  /** The last alert of the page above; left out at the top. */
  after?: AlertId;
}

/** A page of alerts, and below it, once asked for, those before. What is older hangs on the last one shown. */
export function AlertPiece({ wanted, after }: AlertPieceProps) {
  const [showsOlder, setShowsOlder] = useState(false);
  const input = after === undefined ? wanted : { ...wanted, after };
  const page = trpc.security.alerts.useQuery(input, { refetchInterval: LOOK_MS });
  const { open, everywhere } = wanted;

  if (page.isError && !page.data)
    return (
      <li>
        <ErrorNote error={page.error} onRetry={() => void page.refetch()} />
      </li>
    );
  if (!page.data)
    return (
      <li>
        <Skeleton className="h-44 rounded-card" label={words.loading} />
      </li>
    );
  const { alerts, next } = page.data;
  return (
    <>
      {alerts.length === 0 && after === undefined && (
        <li>
          <EmptyNote title={open ? words.none : words.noneSettled}>
            <p className="text-ink-soft">{open ? words.noneText : words.noneSettledText}</p>
          </EmptyNote>
        </li>
      )}
      {alerts.map((alert) => (
        <li key={alert.id}>
          <AlertCard alert={alert} everywhere={everywhere} />
        </li>
      ))}
      {next && showsOlder && <AlertPiece wanted={wanted} after={next} />}
      {next && !showsOlder && (
        <li>
          <Button className="w-full" onClick={() => setShowsOlder(true)}>
            {words.older}
          </Button>
        </li>
      )}
    </>
  );
}
