import { groupsOfFour } from "@tessera/ui";

/** Letters as they are printed: in fours, with gaps. */
export const inGroups = (letters: string): string => groupsOfFour(letters).join(" ");

/**
 * Where the caret stands after the gaps were laid anew: behind the letter it stood behind.
 *
 * @param typed The box as the person left it.
 * @param at Where the caret was in it.
 * @param spell Brings what was typed to its exact spelling.
 */
export const caretAfter = (typed: string, at: number, spell: (typed: string) => string): number =>
  inGroups(spell(typed.slice(0, at))).length;
