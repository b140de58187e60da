/** Every "no" about things as they are made and changed, with the words for who runs the shelf. */
export const thingRefusals = {
  not_found: { say: "This thing is not here any more.", next: "Load the list again." },
  still_out: { say: "This thing is out.", next: "Take it back first, then retire it." },
  not_retired: { say: "This thing is in use already.", next: "Load the list again." },
} as const;

export type ThingRefusal = keyof typeof thingRefusals;
