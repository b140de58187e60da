import type { Request } from "@tessera/contracts";
import { Select } from "../controls/select.tsx";
import { type Filter, namesIn } from "./queue-order.ts";
import { words } from "./words.ts";

interface QueueFiltersProps {
  requests: readonly Request[];
  filter: Filter;
  onFilter: (next: Filter) => void;
}

/** By kind and by place, where there is more than one of them. */
export function QueueFilters({ requests, filter, onFilter }: QueueFiltersProps) {
  const choices = (of: "kind" | "place", all: string) => [
    { value: "", label: all },
    ...namesIn(requests, of).map((name) => ({ value: name, label: name })),
  ];
  if (requests.length < 2) return null;
  return (
    <div className="mb-5 grid max-w-xl grid-cols-2 gap-3">
      <Select
        label={words.kind}
        choices={choices("kind", words.anyKind)}
        value={filter.kind}
        onChange={({ target }) => onFilter({ ...filter, kind: target.value })}
      />
      <Select
        label={words.place}
        choices={choices("place", words.anyPlace)}
        value={filter.place}
        onChange={({ target }) => onFilter({ ...filter, place: target.value })}
      />
    </div>
  );
}
