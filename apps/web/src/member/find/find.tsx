import { useDeferredValue, useMemo } from "react";
import { Page } from "../../app/page.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useResources } from "../../live/resources.ts";
import { Findings } from "./findings.tsx";
import { findable, search } from "./search.ts";
import { SearchBar } from "./search-bar.tsx";
import { useSearch } from "./use-search.ts";

const words = { title: "Find", loading: "Loading the list" };

/** Everything there is, narrowed as one types. */
export function Find() {
  const resources = useResources();
  const [wanted, change] = useSearch();
  const settled = useDeferredValue(wanted);
  const things = useMemo(() => resources.data?.map(findable), [resources.data]);
  const found = useMemo(() => things && search(things, settled), [things, settled]);

  return (
    <Page title={words.title}>
      <SearchBar search={wanted} onChange={change} count={found?.length} />
      {resources.isError && !found && <ErrorNote error={resources.error} onRetry={() => void resources.refetch()} />}
      {resources.isPending && (
        <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
          <Skeleton count={8} className="h-20.5 rounded-card" label={words.loading} />
        </div>
      )}
      {found && (
        <Findings
          // A new search starts at its top again.
          key={`${settled.text} ${settled.onlyFree}`}
          found={found}
          isEmpty={things?.length === 0}
          onClear={() => change({ text: "", onlyFree: false })}
        />
      )}
    </Page>
  );
}
