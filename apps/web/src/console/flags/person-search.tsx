import { trpc } from "@tessera/sdk/react";
import { Field } from "@tessera/ui";
import { useId, useState } from "react";
import { failureWords } from "../../common/failure-words.ts";
import { useSettled } from "./use-settled.ts";

const words = {
  found: (count: number) =>
    count === 0 ? "Nobody by this name." : count === 1 ? "1 person found." : `${count} people found.`,
  searching: "Searching…",
};

export interface FoundPerson {
  id: string;
  name: string;
  tenantId: string;
  tenant: string;
}

interface PersonSearchProps {
  label: string;
  hint?: string;
  onPick: (person: FoundPerson) => void;
}

const SETTLED_MS = 250;

/** Finds a person by a part of their name. Who is found stands below as buttons, in the order of the keyboard. */
export function PersonSearch({ label, hint, onPick }: PersonSearchProps) {
  const [typed, setTyped] = useState("");
  const text = useSettled(typed.trim(), SETTLED_MS);
  const found = trpc.flag.people.useQuery({ text }, { enabled: text !== "", placeholderData: (held) => held });
  const listId = useId();
  const isShown = text !== "" && typed.trim() !== "";

  const pick = (person: FoundPerson) => {
    setTyped("");
    onPick(person);
  };

  return (
    <div className="grid grid-cols-1 gap-2">
      <Field
        type="search"
        label={label}
        hint={hint}
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        // Enter takes the one who is left rather than sending the form around it.
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (isShown && found.data?.length === 1 && found.data[0]) pick(found.data[0]);
        }}
        error={found.error ? failureWords(found.error) : undefined}
      />
      <p role="status" className="min-h-6 text-sm text-ink-soft">
        {isShown && (found.data ? words.found(found.data.length) : found.isFetching && words.searching)}
      </p>
      {isShown && found.data && found.data.length > 0 && (
        <ul id={listId} aria-label={label} className="grid max-h-80 grid-cols-1 gap-2 overflow-y-auto p-1">
          {found.data.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => pick(person)}
                className="flex min-h-11 w-full flex-wrap items-baseline gap-x-3 rounded-control border border-edge bg-surface px-3.5 py-2.5 text-left hover:border-ink"
              >
                <span className="font-semibold">{person.name}</span>
                <span className="text-sm text-ink-soft">{person.tenant}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
