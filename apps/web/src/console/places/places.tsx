import type { Place } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { AddPlace } from "./add-place.tsx";
import { inTree } from "./in-tree.ts";
import { PlaceCard } from "./place-card.tsx";
import { words } from "./words.ts";

/** Everything a label hangs at, in its zones; who is there, and the way to add one. */
export function Places() {
  const places = trpc.place.list.useQuery();
  const [isAdding, setAdding] = useState(false);
  const rows: { place: Place; depth: number }[] = places.data ? inTree(places.data) : [];

  return (
    <Page
      title={words.title}
      aside={
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden strokeWidth={1.75} className="size-5" />
          {words.add}
        </Button>
      }
    >
      {places.isPending && (
        <div className="grid grid-cols-1 gap-3">
          <Skeleton count={4} className="h-28 rounded-card" label={words.loading} />
        </div>
      )}
      {places.isError && !places.data && <ErrorNote error={places.error} onRetry={() => void places.refetch()} />}
      {places.data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      <ul className="grid grid-cols-1 gap-3 empty:hidden">
        {rows.map(({ place, depth }) => (
          <li key={place.id} style={{ marginInlineStart: `${Math.min(depth, 3) * 1.25}rem` }}>
            <PlaceCard place={place} />
          </li>
        ))}
      </ul>
      {isAdding && <AddPlace places={places.data ?? []} onClose={() => setAdding(false)} />}
    </Page>
  );
}
