import type { SignInProblem } from "./sign-in-problem.ts";

export const words = {
  title: "Sign in",
  lead: "Borrow things, bring them back, by showing a code.",
  email: "E-mail",
  password: "Password",
  showPassword: "Show password",
  submit: "Sign in",
  working: "Signing in…",
  emailMissing: "Type the e-mail your community knows you by.",
  passwordMissing: "Type your password.",
  byPasskey: "Sign in with a passkey",
  forgotten: "Forgotten your password?",
  demo: "Try the demo",
  demoHint: "One tap signs you in. Nothing here is real.",
  signInAs: (name: string) => `Sign in as ${name}`,
  backToSignIn: "Back to sign in",
};

export const factorWords = {
  title: "One more step",
  lead: "Your password was right. Now show that it is you.",
  code: "Code of your app",
  codeHint: "Six digits. They change every half minute.",
  codeMissing: "Type the six digits that your app shows.",
  backupCode: "One of your backup codes",
  backupHint: "Letters and digits, as you wrote them down. Each works once.",
  backupMissing: "Type one of the codes you wrote down.",
  noApp: "Use a backup code instead",
  withApp: "Use the app instead",
  submit: "Go on",
};

export const forgottenWords = {
  title: "Forgotten password",
  lead: "Tell us your e-mail, and a letter with a link comes to you.",
  submit: "Send the letter",
  sent: (email: string) =>
    `If ${email} has an account here, a letter is on its way. Its link works once, for one hour.`,
  nothing: "Nothing came? Look among the unwanted mail, or try again in a few minutes.",
};

export const resetWords = {
  title: "Choose a new password",
  lead: "Afterwards you are signed out wherever you were signed in.",
  password: "New password",
  submit: "Save the password",
  done: "Your new password is saved.",
  toSignIn: "Sign in with it",
  noToken: "This link is not whole. Open it from the letter once more.",
};

export const confirmWords = {
  title: "Your e-mail address",
  working: "Confirming…",
  done: "Confirmed. If you are changing your address, the last step is in a letter to the new one.",
  on: "Go on",
};

export const joinWords = {
  title: (tenant: string) => `Join ${tenant}`,
  opening: "Opening your invitation",
  broken: "This invitation cannot be used",
  lead: (email: string) => `You were invited as ${email}.`,
  name: "Your name",
  nameHint: "As the people at the desk should call you.",
  nameMissing: "Tell us your name.",
  password: "Choose a password",
  submit: "Join",
  asYou: (name: string) => `You are signed in as ${name}. You join with this account.`,
  signInFirst: "You have an account with this e-mail. Sign in with it to join.",
  other: (email: string) => `You are signed in with ${email}, and somebody else was invited.`,
  signOut: "Sign out",
};

export const passwordWords = {
  hint: (shortest: number) => `${shortest} characters or more. A few words in a row are good.`,
  tooShort: (shortest: number) => `This is too short. Use ${shortest} characters or more.`,
  tooLong: (longest: number) => `This is too long. Use ${longest} characters at most.`,
};

export const problems: Record<SignInProblem, string> = {
  wrong: "E-mail and password do not match. Check both and try again.",
  wrong_password: "This is not your password. Type it again.",
  wrong_code: "This code is not right. Look at the newest one and try again.",
  too_late: "This took too long, or too many tries. Begin again with your password.",
  too_long_ago: "You signed in a while ago. Sign out and in again, then repeat this.",
  unverified: "Your e-mail address is not confirmed yet. A letter with a link is on its way to you.",
  unknown_link: "This link was used before, or is too old. Ask for a new one.",
  stopped: "This was stopped, or there is no passkey for this page here.",
  too_many: "Too many tries. Wait a minute, then try again.",
  unreachable: "The server cannot be reached. What you typed stays; try again in a moment.",
  broken: "Signing in failed on our side. What you typed stays; try again.",
};
