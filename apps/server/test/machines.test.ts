import type { ApiScope, DeskAct, DeskScope, DeviceId, TenantEvent } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const because = "a test";
const CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
/** So soon every process knows what happened to somebody's rights, whatever it remembers of them. */
const SOON = { timeout: 1_000, interval: 10 };
const refusedWith = (message: RegExp) => ({ data: { code: "FORBIDDEN" }, message: expect.stringMatching(message) });

describe("machines", () => {
  let server: RunningServer;
  let staff: Tessera;
  let admin: Tessera;
  let member: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    staff = await server.signedIn("staff@library.example");
    admin = await server.signedIn("admin@library.example");
    member = await server.signedIn("member@library.example");
  });
  afterAll(() => server?.stop());

  const kiosk = () => server.stranger().api.device;

  async function pairedDesk(name: string, scopes: DeskScope[] = ["redeem", "undo", "offline"]) {
    const { deviceCode, userCode } = await kiosk().start.mutate({ userAgent: CHROME });
    await staff.api.device.approve.mutate({ userCode, name, scopes });
    const paired = await kiosk().poll.mutate({ deviceCode });
    if (paired.kind !== "paired") throw new Error(paired.kind);
    const act = (what: DeskAct) => staff.api.device.act.mutate({ deviceId: paired.deviceId, act: what, because });
    return { ...paired, act, desk: server.deskOf(paired.token) };
  }
  const messageOf = (error: Error) => error.message;
  const codeOf = (error: { data?: { code?: string } }) => error.data?.code;
  const standingOf = (token: string) => kiosk().standing.mutate({ token });

  async function codeText(): Promise<string> {
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    return issued.text;
  }

  describe("a kiosk that shows a code", () => {
    it("becomes the desk that staff make of it", async () => {
      const asked = await kiosk().start.mutate({ userAgent: CHROME });
      expect(asked).toMatchObject({
        userCode: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{8}$/),
        verificationPath: "/console/desks/pair",
        intervalSeconds: 5,
      });
      expect(JSON.stringify(asked.verificationPath)).not.toContain(asked.userCode);
      const { deviceCode, userCode } = asked;
      expect(await kiosk().poll.mutate({ deviceCode })).toEqual({ kind: "pending", intervalSeconds: 5 });
      expect(await kiosk().poll.mutate({ deviceCode })).toEqual({ kind: "slow_down", intervalSeconds: 10 });

      const typed = `${userCode.slice(0, 4).toLowerCase()}-${userCode.slice(4)}`;
      expect(await staff.api.device.request.mutate({ userCode: typed })).toMatchObject({
        kind: "waiting",
        browser: "Chrome on Android",
      });
      const approved = { userCode: typed, name: "Back door", scopes: ["redeem" as const] };
      expect(await staff.api.device.approve.mutate(approved)).toEqual({ kind: "approved" });

      const polls = await Promise.all([1, 2].map(() => kiosk().poll.mutate({ deviceCode })));
      expect(polls.map(({ kind }) => kind).toSorted()).toEqual(["expired", "paired"]);
      const paired = polls.find(({ kind }) => kind === "paired");
      if (paired?.kind !== "paired") throw new Error("not paired");
      expect(paired).toMatchObject({ name: "Back door", tenant: "Tool library" });
      const desk = server.deskOf(paired.token);
      expect(await desk.redeem(await codeText())).toMatchObject({ kind: "redeemed" });
      const [listed] = await staff.api.device.list.query();
      expect(listed).toMatchObject({ name: "Back door", state: "working", scopes: ["redeem"], isBlocked: false });
      expect(listed?.lastSeenAt).not.toBeNull();
    });

    it("is told when staff say no", async () => {
      const { deviceCode, userCode } = await kiosk().start.mutate({ userAgent: "" });
      await staff.api.device.deny.mutate({ userCode });
      expect(await kiosk().poll.mutate({ deviceCode })).toEqual({ kind: "denied" });
      expect(await staff.api.device.approve.mutate({ userCode, name: "x", scopes: [] })).toMatchObject({
        kind: "refused",
      });
    });

    it("is not approved by a member", async () => {
      const { userCode } = await kiosk().start.mutate({ userAgent: "" });
      await expect(member.api.device.approve.mutate({ userCode, name: "x", scopes: [] })).rejects.toMatchObject(
        refusedWith(/for staff/),
      );
    });
  });

  describe("a desk", () => {
    it("does what it may, and is told where to ask for more", async () => {
      const { desk, deviceId } = await pairedDesk("Returns only", ["undo"]);
      const text = await codeText();
      await expect(desk.redeem(text)).rejects.toMatchObject(refusedWith(/may not redeem codes\. Staff can allow it/));
      await expect(desk.api.qr.preview.query({ text })).rejects.toMatchObject(refusedWith(/may not redeem/));
      await expect(desk.api.qr.lease.mutate({ have: null } as never)).rejects.toMatchObject(
        refusedWith(/hold codes ready/),
      );

      await staff.api.device.change.mutate({ deviceId, name: "Everything", scopes: ["redeem"] });
      await expect.poll(() => desk.redeem(text).catch(codeOf), SOON).toMatchObject({ kind: "redeemed" });
      await expect(desk.api.qr.undo.mutate({ scanId: crypto.randomUUID(), because })).rejects.toMatchObject(
        refusedWith(/take redemptions back/),
      );
    });

    it("redeems nothing while it is locked, and goes on when it is unlocked", async () => {
      const { desk, act, token } = await pairedDesk("Locked");
      const text = await codeText();
      await act("lock");
      const preview = () => desk.api.qr.preview.query({ text }).catch(messageOf);
      await expect.poll(preview, SOON).toMatch(/locked/);
      expect(await desk.api.account.me.query()).toMatchObject({ kind: "device", name: "Locked" });
      expect(await desk.api.qr.handIn.mutate({ scans: [] }).catch((error) => error.data.code)).not.toBe("FORBIDDEN");
      expect(await standingOf(token)).toMatchObject({ state: "locked", because });
      await act("unlock");
      await expect.poll(() => desk.redeem(text).catch(codeOf), SOON).toMatchObject({ kind: "redeemed" });
    });

    it("is a stranger while it is blocked, knows that, and is let in again with the same token", async () => {
      const { desk, act, token } = await pairedDesk("Blocked");
      expect(await desk.api.account.me.query()).not.toBeNull();
      await act("block");
      await expect.poll(() => desk.api.account.me.query(), SOON).toBeNull();
      await expect(desk.redeem("T1")).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
      expect(await standingOf(token)).toMatchObject({ state: "blocked", because: null });
      await act("unblock");
      await expect.poll(() => desk.api.account.me.query(), SOON).not.toBeNull();
    });

    it("forgets when it was asked to, hands in before, and its token is dead afterwards", async () => {
      const { desk, act, token } = await pairedDesk("Wiped");
      await act("wipe");
      expect(await standingOf(token)).toMatchObject({ state: "wiping", isBlocked: false });
      await expect.poll(() => desk.redeem("T1").catch(messageOf), SOON).toMatch(/forget everything/);
      expect(await desk.api.qr.releaseLeases.mutate()).toEqual({ count: 0 });
      expect(await kiosk().wiped.mutate({ token })).toEqual({ wiped: true });
      await expect.poll(() => desk.api.account.me.query(), SOON).toBeNull();
      expect(await standingOf(token)).toMatchObject({ state: "wiped" });
      expect(await act("unblock")).toEqual({ kind: "left_alone", because: "not_possible" });
      expect(await kiosk().standing.mutate({ token: `${token}X` })).toMatchObject({ state: "unknown" });
    });

    it("hears on its open line that it was locked, and stays on it", async () => {
      const { act, token, deviceId } = await pairedDesk("Listening");
      const line = await rawSocket(server.url, { token });
      line.say({ id: 1, method: "subscription", params: { path: "live.events" } });
      await line.until((message) => message.includes("started"));
      for (const [what, type] of [
        ["lock", "device.locked"],
        ["unlock", "device.unlocked"],
        ["wipe", "device.wipe_asked"],
        ["keep", "device.wipe_called_off"],
      ] as const) {
        await act(what);
        const heard = await line.until((message) => message.includes(type));
        const event: TenantEvent = JSON.parse(heard).result.data.data;
        expect(event).toMatchObject({ type, entityId: deviceId satisfies DeviceId });
      }
      await act("block");
      expect(await line.closed).toEqual({ code: 4403, reason: "you are signed out" });
    });
  });

  describe("a key of a program", () => {
    const asked = (path: string, token: string, input?: unknown) =>
      fetch(`${server.url}/trpc/${path}`, {
        method: input === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(input === undefined ? {} : { body: JSON.stringify(input) }),
      });
    const statusOf = async (token: string) => (await asked("resource.list", token)).status;
    async function made(scopes: ApiScope[]) {
      const created = await admin.api.apiKey.create.mutate({ name: "Nightly report", scopes });
      if (created.kind === "left_alone") throw new Error("no key");
      return created;
    }

    it("asks what it was given, over plain HTTP, until it is revoked", async () => {
      const { token, key } = await made(["resources:read"]);
      expect(token).toMatch(/^tsk_[0-9A-Z]{52}$/);
      expect((await asked("resource.list", token)).status).toBe(200);
      const no = await asked("audit.list", token);
      expect([no.status, await no.text()]).toEqual([403, expect.stringContaining("was not given audit:read")]);
      const never = await asked("device.list", token);
      expect([never.status, await never.text()]).toEqual([403, expect.stringContaining("API keys may not do this")]);

      const listed = (await admin.api.apiKey.list.query()).find(({ id }) => id === key.id);
      expect(listed).toMatchObject({ prefix: token.slice(0, 10), lastUsedAt: expect.any(String) });
      expect(JSON.stringify(listed)).not.toContain(token);

      await admin.api.apiKey.revoke.mutate({ keyId: key.id });
      await expect.poll(() => statusOf(token), SOON).toBe(401);
    });

    it("issues codes for members, and the journal says which key it was", async () => {
      const { token, key } = await made(["codes:issue", "audit:read", "checkouts:read"]);
      const me = await member.api.account.me.query();
      const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
      const issued = await asked("qr.issueFor", token, {
        purpose: "check_out",
        resourceId: free?.id,
        holderId: me?.kind === "member" ? me.memberId : "",
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      });
      const { result } = (await issued.json()) as { result: { data: { kind: string; text: string; codeId: string } } };
      expect(result.data.kind).toBe("issued");
      await (await server.desk()).redeem(result.data.text);
      const open = (await (await asked("checkout.open", token)).json()) as {
        result: { data: { resource: { id: string } }[] };
      };
      expect(open.result.data.map(({ resource }) => resource.id)).toContain(free?.id);
      await expect
        .poll(async () => JSON.stringify(await admin.api.audit.list.query({ type: "code.issued" })))
        .toContain(key.id);
    });

    it("has its old token taken for a while after a rotation, or not", async () => {
      const { token, key } = await made(["resources:read"]);
      const rotated = await admin.api.apiKey.rotate.mutate({ keyId: key.id, graceHours: 1 });
      if (rotated.kind === "left_alone") throw new Error("not rotated");
      for (const one of [token, rotated.token]) expect(await statusOf(one)).toBe(200);
      const again = await admin.api.apiKey.rotate.mutate({ keyId: key.id, graceHours: 0 });
      if (again.kind === "left_alone") throw new Error("not rotated");
      for (const one of [token, rotated.token]) await expect.poll(() => statusOf(one), SOON).toBe(401);
      expect(await statusOf(again.token)).toBe(200);
      await expect(admin.api.apiKey.rotate.mutate({ keyId: key.id, graceHours: 25 })).rejects.toMatchObject({
        data: { code: "BAD_REQUEST" },
      });
    });

    it("is made by who runs the tenant, not by staff", async () => {
      const made = staff.api.apiKey.create.mutate({ name: "x", scopes: [] });
      await expect(made).rejects.toMatchObject(refusedWith(/run this tenant/));
    });
  });
});
