import type { Resource } from "@tessera/contracts";

export interface Search {
  text: string;
  onlyFree: boolean;
}

/** A resource with its words made ready for searching, once per list rather than once per key stroke. */
export interface Findable {
  resource: Resource;
  haystack: string;
}

/** Letters without case and accents, so that "Säge" is found as "sage". */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const findable = (resource: Resource): Findable => ({
  resource,
  haystack: plain([resource.name, resource.place, resource.kind, resource.description].join(" ")),
});

/** Those that hold every word typed, wherever it stands. */
export function search(things: readonly Findable[], { text, onlyFree }: Search): Resource[] {
  const wanted = plain(text).split(/\s+/).filter(Boolean);
  return things
    .filter(({ resource }) => !onlyFree || resource.availability.state === "free")
    .filter(({ haystack }) => wanted.every((word) => haystack.includes(word)))
    .map(({ resource }) => resource);
}
