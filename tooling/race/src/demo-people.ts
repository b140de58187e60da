import { createTessera, type IssuedCode, type Tessera } from "@tessera/sdk/node";

/** The demo's tool library as its people and desk reach it. */
export interface DemoPeople {
  member: Tessera;
  /** Of the signed-in person, for a client of their own. */
  cookie: string;
  deskToken: string;
  /** @returns A fresh code for a thing that is free. */
  codeFor(name: string): Promise<IssuedCode>;
}

/**
 * @param url A server with the demo.
 * @param email Who is signed in; the library's member when left out.
 * @param pairingCode Of the desk; the library's when left out.
 */
export async function demoPeople(
  url: string,
  email = "member@library.example",
  pairingCode = "DEMOTOOL",
): Promise<DemoPeople> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: "tessera-demo" }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const member = createTessera({ url, headers: () => ({ cookie }) });
  const paired = await member.api.device.pair.mutate({ pairingCode });
  if (paired.kind !== "paired") throw new Error("the demo desk could not be paired");

  return {
    member,
    cookie,
    deskToken: paired.token,
    async codeFor(name) {
      const resource = (await member.api.resource.list.query()).find((one) => one.name === name);
      const outcome = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: resource?.id ?? "" });
      if (outcome.kind !== "issued") throw new Error(`no code for ${name}: ${outcome.refusal.reason}`);
      return outcome;
    },
  };
}
