import { createAuthClient } from "better-auth/react";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problemOf } from "./sign-in-problem.ts";

const client = createAuthClient({ basePath: "/api/auth" });

export interface Credentials {
  email: string;
  password: string;
}

/** Signs in with the server's cookie. null is success; the page is loaded anew then, so that the socket has it too. */
export async function signIn(credentials: Credentials): Promise<SignInProblem | null> {
  const answer = await client.signIn.email(credentials).catch(() => null);
  if (!answer) return "unreachable";
  return answer.error ? problemOf(answer.error.status) : null;
}

/** Ends the session. False: it goes on, because the server was not there to end it. Never throws. */
export async function signOut(): Promise<boolean> {
  const answer = await client.signOut().catch(() => null);
  return answer !== null && (!answer.error || answer.error.status === NOBODY);
}

/** The session had ended already. */
const NOBODY = 401;
