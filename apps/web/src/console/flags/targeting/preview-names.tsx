import type { FlagPreview } from "@tessera/contracts/flags";
import { useId } from "react";

/** As many as the server names. */
const MOST_NAMED = 10;

/** Some of those who come or leave. */
export function PreviewNames({ title, people }: { title: string; people: FlagPreview["comes"] }) {
  const id = useId();
  if (people.length === 0) return null;
  return (
    <div className="grid gap-1 text-sm">
      <h3 id={id} className="font-semibold">
        {title}
        {people.length >= MOST_NAMED && <span className="font-normal text-ink-soft">, the first {MOST_NAMED}</span>}
      </h3>
      <ul aria-labelledby={id} className="grid gap-0.5">
        {people.map((person) => (
          <li key={person.id}>
            {person.name} <span className="text-ink-soft">({person.tenant})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
