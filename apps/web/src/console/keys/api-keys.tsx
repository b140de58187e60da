import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { KeyCard } from "./key-card.tsx";
import { MakeKey } from "./make-key.tsx";
import { words } from "./words.ts";

/** When a key was last used is no news. */
const LOOK_MS = 30_000;

/** Every key of the tenant's programs, ended ones too. */
export function ApiKeys() {
  const keys = trpc.apiKey.list.useQuery(undefined, { refetchInterval: LOOK_MS });
  const [isMaking, setIsMaking] = useState(false);

  return (
    <Page
      title={words.title}
      aside={
        <Button look="primary" onClick={() => setIsMaking(true)}>
          <Plus aria-hidden strokeWidth={1.75} className="size-5" />
          {words.make}
        </Button>
      }
    >
      <p className="mb-5 text-ink-soft">{words.lead}</p>
      {keys.isPending && (
        <div className="grid grid-cols-1 gap-4">
          <Skeleton count={2} className="h-36 rounded-card" label={words.loading} />
        </div>
      )}
      {keys.isError && !keys.data && <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      {keys.data && keys.data.length > 0 && (
        <ul className="grid grid-cols-1 gap-4">
          {keys.data.map((apiKey) => (
            <li key={apiKey.id}>
              <KeyCard apiKey={apiKey} />
            </li>
          ))}
        </ul>
      )}
      {isMaking && <MakeKey onClose={() => setIsMaking(false)} />}
    </Page>
  );
}
