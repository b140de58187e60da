/** One textual change. `find` occurs exactly once, or the change is refused: a patch that misses must not pass for one. */
export interface Change {
  find: string;
  replace: string;
}

/**
 * @param text What is changed.
 * @param where Named in the error.
 * @throws Error When `find` does not occur, or more than once.
 */
export function withChange(text: string, { find, replace }: Change, where: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${where} holds this ${times} times instead of once: ${find}`);
  return text.replace(find, () => replace); // a function, or "$1" in the SQL would mean something
}
