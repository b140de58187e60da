/** Every "no" about people and accounts, with the words for the person. */
export const peopleRefusals = {
  may_not_grant: { say: "Your role cannot give this role.", next: "Ask an administrator." },
  may_not_touch: { say: "Your role cannot change this person.", next: "Ask an operator of the platform." },
  already_member: { say: "This person is a member already.", next: "Change their role in the list instead." },
  not_found: { say: "This is not here any more.", next: "Load the list again." },
  last_admin: {
    say: "This is the last administrator.",
    next: "Make somebody else an administrator first.",
  },
  still_out: {
    say: "Something is still checked out.",
    next: "Bring it back first.",
  },
  unknown_invitation: {
    say: "This invitation was used, taken back, or is too old.",
    next: "Ask for a new one.",
  },
  sign_in_first: {
    say: "There is an account with this e-mail already.",
    next: "Sign in with it, then open the link again.",
  },
  other_account: {
    say: "You are signed in with another e-mail than the one that was invited.",
    next: "Sign out, then open the link again.",
  },
  wrong_password: { say: "This is not your password.", next: "Type it again." },
  unknown_link: { say: "This link was used before, or is too old.", next: "Ask for a new one." },
  needs_second_factor: {
    say: "You have no second factor yourself.",
    next: "Set one up on your account page first, so that you do not lock yourself out.",
  },
} as const;

export type PeopleRefusal = keyof typeof peopleRefusals;
