/** As long as an id may be. */
const LONGEST = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @returns What stands in a box of ids, one on a line: each once, in its order. */
export const idsIn = (text: string): string[] =>
  [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);

export const linesOf = (ids: readonly string[] | null | undefined): string => (ids ?? []).join("\n");

/** @returns What is wrong with a list of ids; null when nothing is. Several on a line would be taken for one that nobody has. */
export function idProblem(text: string): string | null {
  const ids = idsIn(text);
  const several = ids.find((id) => /[\s,;]/.test(id));
  if (several) return `One id a line, without commas or spaces: ${several.slice(0, 40)}`;
  const tooLong = ids.find(({ length }) => length > LONGEST);
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
