import { type ResourceKind, resourceKinds, type ThingQuery, thingStates } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Field } from "@tessera/ui";
import { Chip } from "../controls/chip.tsx";
import { Select } from "../controls/select.tsx";
import { kindWords, stateWords, words } from "./words.ts";

export type Filters = Pick<ThingQuery, "text" | "kind" | "place" | "state">;

interface ThingFiltersProps {
  filters: Filters;
  onChange: (change: Filters) => void;
}

const kinds = [
  { value: "", label: words.anyKind },
  ...resourceKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
];

/** What narrows the list: words, a kind, a place, and one of the states as a chip. */
export function ThingFilters({ filters, onChange }: ThingFiltersProps) {
  const places = trpc.resource.places.useQuery();
  const { text = "", kind = "", place = "", state } = filters;
  const placeChoices = [...new Set([...(places.data ?? []), ...(place ? [place] : [])])];

  return (
    <search className="mb-5 grid grid-cols-2 gap-4 lg:grid-cols-[minmax(0,2fr)_1fr_1fr]">
      <Field
        type="search"
        label={words.search}
        value={text}
        autoComplete="off"
        maxLength={100}
        onChange={({ target }) => onChange({ text: target.value })}
        className="col-span-2 lg:col-span-1"
      />
      <Select
        label={words.kind}
        choices={kinds}
        value={kind}
        onChange={({ target }) => onChange({ kind: (target.value || undefined) as ResourceKind | undefined })}
      />
      <Select
        label={words.place}
        choices={[{ value: "", label: words.anyPlace }, ...placeChoices.map((one) => ({ value: one, label: one }))]}
        value={place}
        onChange={({ target }) => onChange({ place: target.value || undefined })}
      />
      <fieldset className="flex flex-wrap gap-2 col-span-2 lg:col-span-3">
        <legend className="sr-only">{words.states}</legend>
        {thingStates.map((one) => (
          <Chip key={one} isOn={state === one} onPress={() => onChange({ state: state === one ? undefined : one })}>
            {stateWords[one]}
          </Chip>
        ))}
      </fieldset>
    </search>
  );
}
