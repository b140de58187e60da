import type { FlagKey } from "@tessera/contracts";
import type { FlagPart } from "./flag-address.ts";
import type { Standing } from "./standing.ts";

export const words = {
  title: "Flags",
  loading: "Loading the flags",
  loadingFlag: "Loading the flag",
  none: "There is no flag yet",
  noneText: "Flags come with a release. As soon as this one has some, they stand here.",
  missing: "There is no such flag",
  missingText: "This release has no flag of this name. The link may be old.",
  parts: "Parts of this flag",
  kill: "Kill",
  restore: "Restore",
  killTitle: (key: string) => `Kill ${key}?`,
  restoreTitle: (key: string) => `Restore ${key}?`,
  because: "Why? It goes into the history.",
  becauseMissing: "Give a reason of at least three letters.",
  typeName: (key: string) => `Type ${key} to confirm`,
  nameWrong: (key: string) => `This is not the name. Type ${key}.`,
  killNow: "Kill it now",
  restoreNow: "Restore it now",
  restoreAsks: "When there is another operator, they have to agree before it is on again.",
  asks: (name: string, key: string, when: string) => `${name} asked at ${when} to restore ${key}.`,
  asksMine: (key: string, when: string) => `You asked at ${when} to restore ${key}.`,
  asksBecause: (because: string) => `Because: ${because}`,
  agree: "Agree",
  decline: "Decline",
  withdraw: "Withdraw",
  override: (name: string, isOn: boolean) =>
    `${name}=${isOn} is set where this server runs. It decides, whatever is set here, until it is taken out there.`,
  nonsense: (because: string) =>
    `What was last written for this flag cannot be read: ${because}. The last good setting holds. Correct it in the database.`,
};

export const stateWords: Record<Standing["state"], string> = { on: "On", partly: "Partly on", off: "Off" };

export const partWords: Record<FlagPart, string> = {
  targeting: "Who it is for",
  ramp: "Ramp",
  breaker: "Breaker",
  history: "History",
  explain: "Explain",
};

/** What a flag does, what happens when it is killed, and how to undo it. */
export const about: Record<FlagKey, { what: string; kill: string; undo: string; restore: string }> = {
  "qr-checkout-enabled": {
    what: "Members get codes, and desks take them.",
    kill: "Everywhere and at once: nobody gets a code, and desks refuse those already on show. What is out stays out.",
    undo: "Press Restore on this page. Codes that have not ended work again.",
    restore: "Members get codes again, and desks take them: for whom it is set, everywhere and at once.",
  },
  "ff/qr_unified_portal": {
    what: "Guests open the portal of a place by scanning its code.",
    kill: "Everywhere and at once: the portal closes for all guests. What they asked for already stays with the staff.",
    undo: "Press Restore on this page. Guests scan the same codes again.",
    restore: "Guests can open the portal again: for whom it is set, everywhere and at once.",
  },
};
