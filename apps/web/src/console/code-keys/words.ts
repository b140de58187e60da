import type { KeyState } from "@tessera/contracts";

export const words = {
  title: "Code keys",
  lead: "Codes that are signed carry a key's number. To rotate is to let the next key sign; codes of the one before are taken for another day and a half.",
  loading: "Loading the keys",
  none: "No code is signed here",
  noneText:
    "This house gives compact codes, which need no key. Choose signed or rotating codes, and the first key is made by itself.",
  name: (keyId: number) => `Key ${keyId}`,
  since: (when: string) => `since ${when}`,
  until: (when: string) => `Its codes are taken until ${when}.`,
  rotate: "Rotate",
  rotateTitle: "Let the next key sign",
  rotateWhat: "New codes are signed by the next key at once. Codes that are out stay good; nobody has to do anything.",
  tooEarly: (when: string) =>
    `Desks without a network may not know the next key yet: they do from ${when} on. Rotate now only if the key that signs has leaked.`,
  anyway: "Rotate all the same",
  rotated: "The next key signs now.",
  moved: "Somebody was faster: another key signs by now.",
  revoke: "Revoke",
  revokeTitle: (keyId: number) => `Revoke key ${keyId}`,
  revokeWhat:
    "No code that it signed is taken any more, at once. For a key that has leaked. This cannot be undone; members ask for fresh codes.",
  left: "It had ended already.",
  secret: "The deployment's secret",
  secretSince: (when: string) => `In use since ${when}.`,
  accepted: (when: string) => `One from before is accepted until ${when}.`,
  noneAccepted: "None from before is accepted.",
  how: "It is rotated by a command: npm start -- --rotate-secret, with the product stopped. Nobody is signed out. Rotate the code keys of each house twice before the one from before ends.",
} as const;

export const stateWords: Record<KeyState, string> = {
  next: "Signs next",
  active: "Signs",
  retiring: "Still taken",
  retired: "Retired",
  revoked: "Revoked",
};
