import type { MakeRequest, RequestOption } from "@tessera/contracts";

/** What is known of a kind when somebody asks for it. */
export interface Offered {
  options: RequestOption[];
  maxQuantity: number;
  takesNote: boolean;
}

/** What is kept of what a guest chose: of each option one choice, in the catalogue's order. */
export type Chosen = Pick<MakeRequest, "options" | "quantity" | "note">;

/**
 * Takes from what was sent only what the catalogue knows.
 *
 * @param kind What is offered.
 * @param wanted As it was sent.
 * @returns What is kept; null when an option is missing, unknown or has no such choice, or the quantity is too high. A note
 *   where none is taken is left out.
 */
export function chosen(kind: Offered, wanted: Chosen): Chosen | null {
  if (wanted.quantity > kind.maxQuantity) return null;
  const named = new Map(Object.entries(wanted.options));
  if (named.size !== kind.options.length) return null;
  const kept: [string, string][] = [];
  for (const { id, choices } of kind.options) {
    const choice = choices.find((one) => one.id === named.get(id));
    if (!choice) return null;
    kept.push([id, choice.id]);
  }
  return { options: Object.fromEntries(kept), quantity: wanted.quantity, note: kind.takesNote ? wanted.note : "" };
}

/** @returns What was chosen, in words: "Size: large". A choice that is offered no more is left out. */
export function choiceWords(options: readonly RequestOption[], made: Readonly<Record<string, string>>): string[] {
  return options.flatMap(({ id, label, choices }) => {
    const choice = choices.find((one) => one.id === made[id]);
    return choice ? [`${label}: ${choice.label}`] : [];
  });
}
