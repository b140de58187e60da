import type { Request, RequestBoard } from "@tessera/contracts";

/** Cards as they lie, and those that came since. */
export interface Arranged {
  cards: Request[];
  fresh: Request[];
}

/**
 * Keeps every card where it lies: what came since waits to be let in, and what was settled stays until then, so that no card
 * moves under a finger.
 *
 * @param held The ids of the cards as they lie; null: none were laid yet.
 * @param board The newest that was heard.
 */
export function arrange(held: readonly string[] | null, { open, settled }: RequestBoard): Arranged {
  if (held === null) return { cards: open, fresh: [] };
  const all = new Map([...open, ...settled].map((request) => [request.id as string, request]));
  return {
    cards: held.flatMap((id) => all.get(id) ?? []),
    fresh: open.filter(({ id }) => !held.includes(id)),
  };
}

/** What is looked for; empty: everything. */
export interface Filter {
  kind: string;
  place: string;
}

/** @returns Those of a kind and at a place. */
export const filtered = (requests: readonly Request[], { kind, place }: Filter): Request[] =>
  requests.filter((one) => (!kind || one.kind.name === kind) && (!place || one.place.name === place));

/** @returns The names there are to choose from, in the alphabet's order. */
export const namesIn = (requests: readonly Request[], of: "kind" | "place"): string[] =>
  [...new Set(requests.map((request) => request[of].name))].toSorted((a, b) => a.localeCompare(b));
