import { trpc } from "@tessera/sdk/react";
import { useState } from "react";
import { useSettled } from "../flags/use-settled.ts";
import type { Filters } from "./thing-filters.tsx";

const SETTLED_MS = 250;

/** The list as it is narrowed, and the page of it that is open. A change of what narrows it opens the first. */
export function useThingList() {
  const [filters, setFilters] = useState<Filters>({});
  /** Where each page after the first begins. */
  const [marks, setMarks] = useState<string[]>([]);
  const text = useSettled(filters.text?.trim() ?? "", SETTLED_MS);
  const asked = { ...filters, text: text || undefined };
  const page = trpc.resource.page.useQuery(
    { ...asked, after: marks.at(-1) },
    { placeholderData: (before) => before }, // the list stays while the next one is on its way
  );
  const next = page.data?.next ?? null;

  return {
    page,
    filters,
    isNarrowed: Object.values(asked).some(Boolean),
    change: (change: Filters) => {
      setFilters((before) => ({ ...before, ...change }));
      setMarks([]);
    },
    clear: () => {
      setFilters({});
      setMarks([]);
    },
    toNext: next === null ? null : () => setMarks([...marks, next]),
    toPrevious: marks.length === 0 ? null : () => setMarks(marks.slice(0, -1)),
  };
}
