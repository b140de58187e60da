/** As long as an id may be. */
const LONGEST = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @returns What stands in a box of ids, each once, in its order. One on a line; commas and spaces part them too. */
export const idsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

export const linesOf = (ids: readonly string[] | null | undefined): string => (ids ?? []).join("\n");

/** @returns What is wrong with a list of ids; null when nothing is. */
export function idProblem(text: string): string | null {
  const tooLong = idsIn(text).find(({ length }) => length > LONGEST);
  return tooLong ? `An id has ${LONGEST} letters at most. This one has more: ${tooLong.slice(0, 20)}…` : null;
}

/** @returns The same for ids of tenants, which are UUIDs. */
export function tenantProblem(text: string): string | null {
  const other = idsIn(text).find((id) => !UUID.test(id));
  return other ? `This is not the id of a tenant: ${other.slice(0, 40)}` : null;
}

/** A box of ids in which one id is, or is not any more. */
export function withId(text: string, id: string, isIn: boolean): string {
  const others = idsIn(text).filter((other) => other !== id);
  return linesOf(isIn ? [...others, id] : others);
}
