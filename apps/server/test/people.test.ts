import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTessera, type Tessera } from "@tessera/sdk/node";
import { lettersIn, letterTo } from "@tessera/vitest/letters";
import { totpOf } from "@tessera/vitest/totp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { type RunningServer, serverOf } from "./support/running-server.ts";

const PASSWORD = "a long enough password";

describe("people", () => {
  let folder: string;
  let server: RunningServer;
  let admin: Tessera;
  let staff: Tessera;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-people-"));
    server = await serverOf(readConfig({ TESSERA_DATA_DIR: folder, TESSERA_RATE_LIMITS: "off" }, []));
    admin = await server.signedIn("admin@library.example");
    staff = await server.signedIn("staff@library.example");
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function auth(path: string, body: object, cookie = "") {
    const answer = await fetch(`${server.url}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: JSON.stringify(body),
    });
    const cookies = answer.headers.getSetCookie().map((one) => one.split(";")[0] ?? "");
    const kept = cookies.filter((one) => !one.endsWith("="));
    return {
      status: answer.status,
      body: (await answer.json()) as { totpURI: string; backupCodes: string[] },
      cookie: kept.join("; "),
      headers: answer.headers,
    };
  }
  const signIn = (email: string, password = PASSWORD) => auth("sign-in/email", { email, password });
  const as = (cookie: string) => createTessera({ url: server.url, headers: () => ({ cookie }) });

  async function invited(email: string, role: "member" | "staff" | "admin" = "member", by = admin) {
    const outcome = await by.api.member.invite.mutate({ email, role });
    if (outcome.kind !== "invited") throw new Error(outcome.because);
    return { ...outcome.invitation, token: (await letterTo(folder, email)).token };
  }

  /** Somebody who joined the library, and is signed in. */
  async function newMember(name: string, role: "member" | "staff" | "admin" = "member") {
    const email = `${name.toLowerCase()}@example.org`;
    const { token } = await invited(email, role);
    const joined = await server.stranger().api.account.join.mutate({ token, account: { name, password: PASSWORD } });
    if (joined.kind !== "joined") throw new Error(joined.because);
    const { cookie } = await signIn(email);
    return { email, cookie, api: as(cookie).api };
  }

  it("join by the link of a letter, which works once and stands in no log and no address", async () => {
    const { token } = await invited("nora@example.org");
    const { api } = server.stranger();
    expect(await api.account.lookAtInvitation.mutate({ token })).toEqual({
      kind: "open",
      tenant: "Tool library",
      email: "nora@example.org",
      role: "member",
      hasAccount: false,
    });
    const account = { name: "Nora", password: PASSWORD };
    expect(await api.account.join.mutate({ token, account })).toMatchObject({ kind: "joined", tenant: "Tool library" });
    expect(await api.account.join.mutate({ token, account })).toMatchObject({ because: "unknown_invitation" });
    const { cookie } = await signIn("nora@example.org");
    expect(await as(cookie).api.account.me.query()).toMatchObject({ name: "Nora", role: "member" });
  });

  it("get their letters in files that nobody else can read", async () => {
    await invited("files@example.org");
    const [file = ""] = await readdir(join(folder, "mail"));
    expect((await stat(join(folder, "mail", file))).mode & 0o777).toBe(0o600);
  });

  it("who were invited by staff are members, and staff invite to nothing more", async () => {
    expect(await staff.api.member.invite.mutate({ email: "x@example.org", role: "staff" })).toEqual({
      kind: "refused",
      because: "may_not_grant",
    });
    const { id, token } = await invited("taken-back@example.org", "member", staff);
    expect(await staff.api.member.uninvite.mutate({ invitationId: id })).toEqual({ kind: "done" });
    expect(await server.stranger().api.account.lookAtInvitation.mutate({ token })).toMatchObject({ kind: "refused" });
  });

  it("with an account join another tenant with it, and choose where they are by the tenant's name", async () => {
    const { api, email } = await newMember("Otto", "admin");
    const hotel = await server.signedIn("staff@hotel.example");
    expect(await hotel.api.member.invite.mutate({ email, role: "member" })).toMatchObject({ kind: "invited" });
    const { token } = await letterTo(folder, email, 2);
    expect(await staff.api.account.join.mutate({ token })).toEqual({ kind: "refused", because: "other_account" });
    expect(await api.account.join.mutate({ token })).toMatchObject({ kind: "joined", slug: "harbour-hotel" });
    const { homes } = (await api.account.person.query()) ?? {};
    expect(homes?.map(({ slug, role }) => [slug, role])).toEqual([
      ["tool-library", "admin"],
      ["harbour-hotel", "member"],
    ]);
    const { cookie } = await signIn(email);
    const there = createTessera({ url: server.url, tenant: "harbour-hotel", headers: () => ({ cookie }) });
    expect(await there.api.account.me.query()).toMatchObject({ role: "member", tenant: { name: "Harbour hotel" } });
    const nowhere = createTessera({ url: server.url, tenant: "somebody-elses", headers: () => ({ cookie }) });
    expect(await nowhere.api.account.me.query()).toBeNull();
  });

  it("lose their rights with the membership, in the very next call", async () => {
    const { api } = await newMember("Ruth", "staff");
    expect(await api.member.list.query()).not.toEqual([]);
    const me = await api.account.me.query();
    if (me?.kind !== "member") throw new Error("not a member");
    expect(await admin.api.member.remove.mutate({ memberId: me.memberId })).toEqual({ kind: "done" });
    await expect.poll(() => api.account.me.query()).toBeNull();
    await expect(api.member.list.query()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
    expect(await api.account.person.query()).toMatchObject({ name: "Ruth", homes: [] });
  });

  it("hear the same whether an address has an account or not", async () => {
    const answers = await Promise.all(
      ["member@library.example", "nobody@example.org"].map(async (email) => [
        await signIn(email, "not the password"),
        await auth("request-password-reset", { email }),
      ]),
    );
    const shown = answers.map((pair) => pair.map(({ status, body, cookie }) => ({ status, body, cookie })));
    expect(shown[0]).toEqual(shown[1]);
    expect((await lettersIn(folder)).map(({ to }) => to)).not.toContain("nobody@example.org");
  });

  it("cannot sign up by themselves", async () => {
    const body = { email: "self@example.org", password: PASSWORD, name: "Self" };
    expect(
      (
        await fetch(`${server.url}/api/auth/sign-up/email`, {
          method: "POST",
          headers: { "content-type": "application/json", origin: server.url },
          body: JSON.stringify(body),
        })
      ).status,
    ).toBe(404);
  });

  it("who forgot their password choose another, once, and are signed out wherever they were", async () => {
    const { email, api } = await newMember("Petra");
    await auth("request-password-reset", { email });
    const { page, token } = await letterTo(folder, email, 2);
    expect(page).toBe("reset");
    const newPassword = "quite another password";
    expect(await auth("reset-password", { token, newPassword })).toMatchObject({ status: 200 });
    expect(await auth("reset-password", { token, newPassword })).toMatchObject({ status: 400 });
    expect(await api.account.me.query()).toBeNull();
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, newPassword)).status).toBe(200);
  });

  it("sign in with a second factor once they have one, by a code or by one of the letters they wrote down", async () => {
    const { email, cookie } = await newMember("Sven");
    const { body } = await auth("two-factor/enable", { password: PASSWORD }, cookie);
    const verified = await auth("two-factor/verify-totp", { code: totpOf(body.totpURI, new Date()) }, cookie);
    expect(verified.status).toBe(200);

    const half = await signIn(email);
    expect(half.body).toMatchObject({ twoFactorRedirect: true });
    expect(await as(half.cookie).api.account.me.query()).toBeNull();
    expect((await auth("two-factor/verify-totp", { code: "000000" }, half.cookie)).status).toBe(401);
    const whole = await auth("two-factor/verify-totp", { code: totpOf(body.totpURI, new Date()) }, half.cookie);
    expect(await as(whole.cookie).api.account.person.query()).toMatchObject({ email, hasSecondFactor: true });

    const again = await signIn(email);
    const [code = ""] = body.backupCodes;
    expect((await auth("two-factor/verify-backup-code", { code }, again.cookie)).status).toBe(200);
    const third = await signIn(email);
    expect((await auth("two-factor/verify-backup-code", { code }, third.cookie)).status).toBe(401);
  });

  it("of the staff have only a member's rights while a second factor is needed and missing", async () => {
    const boss = await newMember("Boss", "admin");
    expect(await boss.api.tenant.needSecondFactor.mutate({ isNeeded: true })).toEqual({
      kind: "refused",
      because: "needs_second_factor",
    });
    const { body } = await auth("two-factor/enable", { password: PASSWORD }, boss.cookie);
    const { cookie } = await auth("two-factor/verify-totp", { code: totpOf(body.totpURI, new Date()) }, boss.cookie);
    const { api } = as(cookie);
    expect(await api.tenant.needSecondFactor.mutate({ isNeeded: true })).toEqual({ kind: "done" });

    await expect.poll(() => staff.api.account.me.query()).toMatchObject({ role: "member", waitingRole: "staff" });
    await expect(staff.api.member.list.query()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    expect(await api.account.me.query()).toMatchObject({ role: "admin", waitingRole: null });

    await api.tenant.needSecondFactor.mutate({ isNeeded: false });
    await expect.poll(() => staff.api.account.me.query()).toMatchObject({ role: "staff", waitingRole: null });
  });

  it("see where they are signed in, and end one of these or all", async () => {
    const { email, api } = await newMember("Tara");
    const elsewhere = as((await signIn(email)).cookie).api;
    const sessions = await api.account.sessions.query();
    expect(sessions.map(({ isHere }) => isHere)).toEqual([false, true]);
    expect(JSON.stringify(sessions)).not.toMatch(/token/i);
    const other = sessions.find(({ isHere }) => !isHere);
    expect(await api.account.endSession.mutate({ sessionId: other?.id ?? "" })).toEqual({ ended: true });
    expect(await elsewhere.account.me.query()).toBeNull();
    expect(await staff.api.account.endSession.mutate({ sessionId: sessions[1]?.id ?? "" })).toEqual({ ended: false });
    await api.account.endSessions.mutate({ hereToo: false });
    expect(await api.account.sessions.query()).toHaveLength(1);
    await api.account.endSessions.mutate({ hereToo: true });
    expect(await api.account.me.query()).toBeNull();
  });

  it("change their address only when the old one agrees and the new one answers", async () => {
    const { email, cookie } = await newMember("Uma");
    await auth("change-email", { newEmail: "uma-new@example.org" }, cookie);
    const { api } = server.stranger();
    const old = await letterTo(folder, email, 2);
    expect(await api.account.confirmEmail.mutate({ token: old.token })).toEqual({ kind: "done" });
    expect((await signIn(email)).status).toBe(200);
    const fresh = await letterTo(folder, "uma-new@example.org");
    expect(await api.account.confirmEmail.mutate({ token: fresh.token })).toEqual({ kind: "done" });
    expect((await signIn("uma-new@example.org")).status).toBe(200);
    expect(await api.account.confirmEmail.mutate({ token: `${fresh.token}x` })).toMatchObject({
      because: "unknown_link",
    });
  });

  it("take their data along, and are erased when they ask with their password", async () => {
    const { email, api } = await newMember("Viktor");
    expect(await api.account.export.query()).toMatchObject({
      account: { email },
      memberships: [{ tenant: "Tool library", member: { name: "Viktor" } }],
    });
    expect(await api.account.erase.mutate({ password: "not it" })).toMatchObject({ because: "wrong_password" });
    expect(await api.account.erase.mutate({ password: PASSWORD })).toEqual({ kind: "done" });
    expect(await api.account.me.query()).toBeNull();
    expect((await signIn(email)).status).toBe(401);
    const erased = () => admin.api.audit.list.query({ type: "member.erased" });
    await expect.poll(erased).toMatchObject({ entries: [{ payload: {} }] });
  });

  it("are sent cookies that no script reads and no other site sends", async () => {
    const { headers } = await signIn("member@library.example", "tessera-demo");
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax/i);
  });
});

it("gives a cookie to this host alone where people come over HTTPS, and knows them by it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tessera-https-"));
  const server = await serverOf(readConfig({ TESSERA_DATA_DIR: folder, PUBLIC_URL: "https://lend.example" }, []));
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ email: "member@library.example", password: "tessera-demo" }),
  });
  const cookies = answer.headers.getSetCookie();
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-tessera\.(?!.*Domain=).*Path=\/;.*Secure/);
  const cookie = cookies.map((one) => one.split(";")[0]).join("; ");
  const api = createTessera({ url: server.url, headers: () => ({ cookie }) }).api;
  expect(await api.account.me.query()).toMatchObject({ name: "Library member" });
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
