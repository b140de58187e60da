import type { FlagKey, FlagReason } from "@tessera/contracts";

export const words = {
  title: "Flags",
  loading: "Loading the flags",
  on: "On",
  off: "Off",
  decision: "Decision",
  revision: "Revision",
  kill: "Kill",
  restore: "Restore",
  killTitle: (key: string) => `Kill ${key}?`,
  restoreTitle: (key: string) => `Restore ${key}?`,
  because: "Why? It goes into the audit.",
  becauseMissing: "Give a reason of at least three letters.",
  typeName: (key: string) => `Type ${key} to confirm`,
  nameWrong: (key: string) => `This is not the name. Type ${key}.`,
  cancel: "Cancel",
  killNow: "Kill it now",
  restoreNow: "Restore it now",
};

/** What a flag does, what happens when it is killed, and how to undo it. */
export const about: Record<FlagKey, { what: string; kill: string; undo: string; restore: string }> = {
  "qr-checkout-enabled": {
    what: "Members get codes, and desks take them.",
    kill: "Everywhere and at once: nobody gets a code, and desks refuse those already on show. What is out stays out.",
    undo: "Press Restore on this page. Codes that have not ended work again.",
    restore: "Everywhere and at once: members get codes again, and desks take them.",
  },
};

export const reasons: Record<FlagReason, string> = {
  STATIC: "It is set so for everybody.",
  TARGETING_MATCH: "A rule for you decided.",
  DEFAULT: "No rule matched, so its default holds.",
  DISABLED: "It is switched off.",
  KILLED: "It was killed.",
  UNKNOWN: "Nobody knows this flag, so the safe answer holds.",
};
