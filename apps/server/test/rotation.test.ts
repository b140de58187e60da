import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBase64url } from "@tessera/domain/qr/base64url";
import { rotatingText, stepKeyOf } from "@tessera/domain/qr/rotating-code";
import { stepAt } from "@tessera/domain/qr/step";
import { createTessera, type Tessera } from "@tessera/sdk/node";
import { totpOf } from "@tessera/vitest/totp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { rotateSecretIn } from "../src/secret.ts";
import { type RunningServer, serverOf } from "./support/running-server.ts";

const PASSWORD = "tessera-demo";

describe("a deployment whose secret is rotated", () => {
  let folder: string;
  let server: RunningServer;
  const started = () => serverOf(readConfig({ TESSERA_DATA_DIR: folder, TESSERA_RATE_LIMITS: "off" }, []));

  /** Stopped, changed and started, as its operator would. */
  async function startedAnew(change: () => unknown): Promise<void> {
    await server.stop();
    await change();
    server = await started();
  }
  const withCookie = (cookie: string): Tessera => createTessera({ url: server.url, headers: () => ({ cookie }) });
  async function auth(what: string, body: object, cookie = "") {
    const answer = await fetch(`${server.url}/api/auth/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: JSON.stringify(body),
    });
    const cookies = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
    return { status: answer.status, body: (await answer.json()) as { totpURI?: string }, cookie: cookies.join("; ") };
  }
  /** A code for one of the free things; signed ones are shown as their app would now. */
  async function issued(member: Tessera, which = 0): Promise<() => Promise<string>> {
    const free = (await member.api.resource.list.query()).filter(({ availability }) => availability.state === "free");
    const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free[which]?.id ?? "" });
    if (code.kind !== "issued") throw new Error(code.kind);
    const { text, stepSecret } = code;
    if (!stepSecret) return async () => text;
    const key = await stepKeyOf(fromBase64url(stepSecret));
    return () => rotatingText(text, key, stepAt(new Date()));
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-rotation-"));
    server = await started();
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("signs nobody out, takes the codes that are out, and lets in who has a second factor; ended, the secret is a stranger's", async () => {
    const cookie = await server.cookieOf("member@library.example");
    const admin = await server.signedIn("admin@library.example");
    const compact = await issued(withCookie(cookie));
    await admin.api.tenant.saveSettings.mutate({ codeKind: "rotating", offlinePolicy: "leased" });
    const rotating = await issued(withCookie(cookie), 1);
    const staff = { email: "staff@library.example", password: PASSWORD };
    const half = await auth("sign-in/email", staff);
    const { totpURI = "" } = (await auth("two-factor/enable", { password: PASSWORD }, half.cookie)).body;
    const code = () => ({ code: totpOf(totpURI, new Date()) });
    expect((await auth("two-factor/verify-totp", code(), half.cookie)).status).toBe(200);
    const secondFactorLetsIn = async () => {
      const asked = await auth("sign-in/email", staff);
      return (await auth("two-factor/verify-totp", code(), asked.cookie)).status;
    };

    await startedAnew(() => rotateSecretIn(folder, new Date()));
    const member = withCookie(cookie);
    expect(await member.api.account.me.query()).toMatchObject({ role: "member" });
    const desk = await server.desk();
    expect(await desk.redeem(await compact())).toMatchObject({ kind: "redeemed" });
    expect(await desk.redeem(await rotating())).toMatchObject({ kind: "redeemed" });
    expect(await desk.redeem(await (await issued(member))())).toMatchObject({ kind: "redeemed" }); // by a key from before
    expect(await (await server.signedIn("admin@library.example")).api.audit.verify.query()).toMatchObject({
      kind: "intact",
    });
    expect(await secondFactorLetsIn()).toBe(200);
    const newer = await server.cookieOf("member@library.example");

    await startedAnew(async () => {
      const file = join(folder, "secret");
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replace(/@.+/, "@2026-01-01T00:00:00.000Z"));
    });
    expect(await withCookie(cookie).api.account.me.query()).toBeNull();
    expect(await withCookie(newer).api.account.me.query()).toMatchObject({ role: "member" });
    expect(await secondFactorLetsIn()).toBe(200);
  });
});
