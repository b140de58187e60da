import { createHmac } from "node:crypto";
import { openDatabase } from "@tessera/db";
import { expect, it } from "vitest";
import { openSignIn } from "./sign-in.ts";

const secret = "the secret of a test, thirty-two or more";

/** A cookie as the sign-in library signs it; whether there is such a session is for the database to say. */
function signedCookie(): Headers {
  const key = createHmac("sha256", secret).update("tessera/sign-in/v1").digest("hex");
  const signature = createHmac("sha256", key).update("a-session").digest("base64");
  return new Headers({ cookie: `tessera.session_token=${encodeURIComponent(`a-session.${signature}`)}` });
}

it("says that it cannot tell who is asking while the database is away, rather than that nobody is", async () => {
  const database = openDatabase("postgres", "postgresql://nobody@127.0.0.1:1/nothing");
  const troubles: unknown[] = [];
  const onTrouble = (cause: unknown) => troubles.push(cause);
  const options = {
    secrets: { current: secret, older: [], sealKeys: [] },
    now: () => new Date(),
    baseUrl: new URL("http://localhost"),
    post: { send() {} },
    takesFor: async () => null,
    onChange() {},
    onEnd() {},
    onTrouble,
  };
  const { personOf } = openSignIn(database, options);

  await expect(personOf(signedCookie())).rejects.toMatchObject({ name: "Failed", failure: "unavailable" });
  expect(troubles).toHaveLength(1);
  expect(await personOf(new Headers())).toBeNull(); // without a cookie there is nothing to look up
  await database.close();
});
