import type { DeskAct, DeskScope, DeskState } from "@tessera/contracts";

export const words = {
  title: "Desks",
  loading: "Loading the desks",
  none: "No desk yet",
  noneText: "Open /kiosk on a tablet or a screen. It shows a code; type it here, and it becomes a desk.",
  pair: "Pair a desk",
  paired: (when: string) => `Paired ${when}`,
  seen: (when: string) => `Last seen ${when}`,
  neverSeen: "Never seen",
  quarantined: "What it handed in does not fit its story. See that there is only one of it, then let it go on.",
  release: "There is only one",
  alsoBlocked: "Blocked as well: it hands nothing in before it forgets.",
  mayNothing: "May do nothing",
  may: (what: string) => `May ${what}`,
  edit: "Change",
  editTitle: (name: string) => `Change ${name}`,
  save: "Save",
  cancel: "Cancel",
  name: "Name of the desk",
  nameHint: "As people say it: Front desk, Shelf by the door.",
  nameMissing: "Give the desk a name.",
  nameTooLong: "Sixty letters at most.",
  scopes: "What it may do",
  gone: "This desk is not here any more.",
  notPossible: "Somebody was faster: the desk stands differently now. Look at the list.",
} as const;

export const stateWords: Record<DeskState, string> = {
  working: "Working",
  locked: "Locked",
  wiping: "To be wiped",
  wiped: "Wiped",
  blocked: "Blocked",
};

export const scopeWords: Record<DeskScope, { label: string; hint: string; may: string }> = {
  redeem: { label: "Redeem codes", hint: "Hand things out and take them back.", may: "redeem codes" },
  undo: { label: "Take back", hint: "Undo a redemption within 15 minutes.", may: "take back" },
  offline: {
    label: "Work without a network",
    hint: "Hold codes ready for times when the line is down.",
    may: "work without a network",
  },
};

/** What each act is called, and what it means before it is done. */
export const actWords: Record<DeskAct, { label: string; title: (name: string) => string; what: readonly string[] }> = {
  lock: {
    label: "Lock",
    title: (name) => `Lock ${name}`,
    what: [
      "It redeems nothing until staff unlock it, and says so on its screen. It keeps its codes and its story.",
      "Without a line it learns of it when it has one again. Your reason is shown on its screen.",
    ],
  },
  unlock: { label: "Unlock", title: (name) => `Unlock ${name}`, what: ["It goes on at once."] },
  block: {
    label: "Block",
    title: (name) => `Block ${name}`,
    what: [
      "It is a stranger at once, everywhere. For a kiosk that was lost or stolen.",
      "Unblock lets it in again; what it accepted without a line waits in it until then.",
    ],
  },
  unblock: { label: "Unblock", title: (name) => `Let ${name} in again`, what: ["It goes on where it was."] },
  wipe: {
    label: "Wipe",
    title: (name) => `Wipe ${name}`,
    what: [
      "At its next contact it hands in what it accepted without a line, forgets everything, and is no desk any more.",
      "This cannot be undone once it has happened: it has to be paired again.",
    ],
  },
  keep: {
    label: "Do not wipe",
    title: (name) => `Do not wipe ${name}`,
    what: ["If it has not forgotten yet, it goes on."],
  },
};

export const pairWords = {
  title: "Pair a desk",
  back: "Desks",
  lead: "Open /kiosk on the new screen. It shows eight letters.",
  code: "Letters on the screen",
  codeHint: "Dashes and small letters do not matter.",
  codeWrong: "The code has eight letters. There are no vowels and no digits in it.",
  look: "Look it up",
  unknown: "No kiosk waits under these letters. They may be older than ten minutes: look at the screen again.",
  asks: "This kiosk asks",
  browser: "It runs in",
  askedAt: "It asked",
  compare: "Say yes only if you stand before the screen that shows these letters. Nobody should have sent them to you.",
  approve: "Make it a desk",
  deny: "Say no",
  approved: (name: string) => `${name} is a desk. Its screen goes on by itself within a few seconds.`,
  denied: "The kiosk was told no.",
  another: "Pair another desk",
  toDesks: "See all desks",
} as const;
