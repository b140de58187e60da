import { roleWords } from "../../app/role-words.ts";

export const words = {
  title: "People",
  loading: "Loading the people",
  search: "Find by name or e-mail",
  count: (shown: number, all: number) => (shown === all ? `${all} people` : `${shown} of ${all} people`),
  nobody: "Nobody by this name.",
  you: "You",
  role: "Role",
  roleOf: (name: string) => `Role of ${name}`,
  factor: "Second factor",
  noSignIn: "Cannot sign in",
  remove: "Remove",
  removeFor: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhat: (name: string) =>
    `${name} is signed out here at once, and unused codes are cancelled. What was borrowed stays on record.`,
  removeUndo: "To undo it, invite them again: they get their record back.",
  removeNow: "Remove now",
};

export const tierWords = {
  title: (name: string) => `Tier of ${name}`,
  line: (tier: string) => `Tier: ${tier}`,
  change: (name: string) => `Change the tier of ${name}`,
  tier: "Tier",
  hint: "The loan rules go by it. Codes that were made keep their terms.",
  wrong: "Letters, digits and spaces, at most 30.",
  save: "Save",
};

export const inviteWords = {
  title: "Invite somebody",
  email: "E-mail",
  emailWrong: "This is no e-mail address.",
  role: "As",
  submit: "Send the invitation",
  sent: (email: string) => `A letter is on its way to ${email}. Its link works once, for seven days.`,
  open: "Open invitations",
  none: "Nobody has an open invitation.",
  line: (role: keyof typeof roleWords, by: string) => `${roleWords[role]}, invited by ${by}`,
  until: (when: string) => `Good until ${when}`,
  ended: "Too old. Send it again.",
  again: "Send again",
  againFor: (email: string) => `Send again to ${email}`,
  sentAgain: (email: string) => `Another letter is on its way to ${email}. The first link works no more.`,
  revoke: "Take back",
  revokeFor: (email: string) => `Take back the invitation of ${email}`,
};

export const factorWords = {
  title: "Second factor for staff",
  on: "Staff, administrators and operators without a second factor have only the rights of a member here.",
  off: "Staff, administrators and operators can work here with a password alone.",
  need: "Ask staff for a second factor",
  stop: "Stop asking for it",
  without: (count: number) =>
    count === 0
      ? "Everybody with such a role has one."
      : count === 1
        ? "1 person with such a role has none yet."
        : `${count} people with such a role have none yet.`,
};
