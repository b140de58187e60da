import type { Place } from "@tessera/contracts";

/**
 * @param places In the order they are to have among their own.
 * @returns Each with how deep it lies, what is in a zone right after it. One whose zone is not there comes out on top.
 */
export function inTree(places: readonly Place[]): { place: Place; depth: number }[] {
  const known = new Set(places.map(({ id }) => id));
  const within = (parent: Place["parentId"], depth: number): { place: Place; depth: number }[] =>
    places
      .filter(({ parentId }) => (parentId && known.has(parentId) ? parentId : null) === parent)
      .flatMap((place) => [{ place, depth }, ...within(place.id, depth + 1)]);
  return within(null, 0);
}
