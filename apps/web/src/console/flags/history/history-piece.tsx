import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { EmptyNote } from "../../../common/empty-note.tsx";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { ChangeCard } from "./change-card.tsx";
import { words } from "./words.ts";

/** As many as the server gives at once; fewer are the last. */
const AT_ONCE = 50;

/**
 * Up to fifty changes, and below them, once asked for, those before. What is older hangs on the last one shown, so that new
 * changes at the top push nothing out between two pieces.
 */
export function HistoryPiece({ flagKey, below }: { flagKey: FlagKey; below?: number }) {
  const [showsOlder, setShowsOlder] = useState(false);
  const input = below === undefined ? { key: flagKey } : { key: flagKey, below };
  const changes = trpc.flag.history.useQuery(input, { placeholderData: (held) => held });
  const last = changes.data?.at(-1);

  return (
    <>
      {changes.isPending && (
        <li>
          <Skeleton className="h-64 rounded-card" label={words.loading} />
        </li>
      )}
      {changes.isError && !changes.data && (
        <li>
          <ErrorNote error={changes.error} onRetry={() => void changes.refetch()} />
        </li>
      )}
      {changes.data?.map((change) => (
        <li key={change.revision}>
          <ChangeCard change={change} />
        </li>
      ))}
      {changes.data && !last && below === undefined && (
        <li>
          <EmptyNote title={words.none}>
            <p className="text-ink-soft">{words.noneText}</p>
          </EmptyNote>
        </li>
      )}
      {last && changes.data && changes.data.length >= AT_ONCE ? (
        showsOlder ? (
          <HistoryPiece flagKey={flagKey} below={last.revision} />
        ) : (
          <li>
            <Button className="w-full" onClick={() => setShowsOlder(true)}>
              {words.older}
            </Button>
          </li>
        )
      ) : (
        (last || below !== undefined) && <li className="text-sm text-ink-soft">{changes.data && words.start}</li>
      )}
    </>
  );
}
