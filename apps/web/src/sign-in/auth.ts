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

/** Ends the session here and on the server. Throws nothing: without the server the cookie ends by itself. */
export async function signOut(): Promise<void> {
  await client.signOut().catch(() => null);
}
