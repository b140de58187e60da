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
  demo: "Try the demo",
  demoHint: "One tap signs you in. Nothing here is real.",
  signInAs: (name: string) => `Sign in as ${name}`,
};

export const problems: Record<SignInProblem, string> = {
  wrong: "E-mail and password do not match. Check both and try again.",
  too_many: "Too many tries. Wait a minute, then try again.",
  unreachable: "The server cannot be reached. What you typed stays; try again in a moment.",
  broken: "Signing in failed on our side. What you typed stays; try again.",
};
