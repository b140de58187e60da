import type { DeadReason } from "@tessera/contracts";

export const words = {
  title: "Scan",
  lead: "Hold the label of a thing before the camera.",
  camera: "What the camera sees",
  otherWays: "Without a camera",
  typed: "Letters of the label",
  typedHint: "They stand below its code, 17 of them.",
  typedWrong: "A label has 17 letters. Compare them with those below its code.",
  look: "Look it up",
  picture: "Read a picture",
  unread: {
    nothing_found: "No label was found in this picture. Take it closer.",
    not_an_image: "This file is no picture.",
  },
  foreign: "This is no label of a thing.",
  looking: "Looking up the label",
  scanAgain: "Scan another",
  loans: "My loans",
  take: "Take it",
  giveBack: "Return it",
  getCode: "Get code",
  returnByCode: "Return",
  atDesk: "Show a code at the desk: this house wants it so.",
  out: "Somebody has it. This page changes by itself when it is back.",
  mine: "You have it.",
  more: "All about it",
  unknown: "Not a label of this house",
  unknownText: "Scan it again, or look for the thing by its name.",
  find: "Find a thing",
  dead: "This label leads nowhere",
  unbound: "A label without a thing",
  unboundText: "Choose the thing it sticks on, and it leads there from now on.",
  bind: "Open the labels",
} as const;

export const deadWords: Record<DeadReason, string> = {
  unbound: "It is not on a thing yet. The staff have been told.",
  retired: "It was taken out of use. The staff have been told.",
  replaced: "The thing has a newer label. Look for that one; the staff have been told.",
  thing_retired: "Its thing is not lent any more. The staff have been told.",
};
