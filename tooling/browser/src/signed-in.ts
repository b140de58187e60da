import { createTessera, type Tessera } from "@tessera/sdk/node";

/** @returns A program of somebody of the demo, who has signed in at this address. */
export async function signedIn(url: string, email: string): Promise<Tessera> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: "tessera-demo" }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return createTessera({ url, headers: () => ({ cookie: cookies.join("; ") }) });
}
