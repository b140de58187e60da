import { request } from "node:http";
import { describeWithAll, postgres, redis } from "@tessera/vitest/services";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fleet, fleetOf } from "./support/fleet.ts";
import { type RawOptions, type RawSocket, rawSocket } from "./support/raw-socket.ts";
import type { RunningServer } from "./support/running-server.ts";

const subscribe = (id: number, path: string) => ({ id, method: "subscription", params: { path } });
const me = (id: number) => ({ id, method: "query", params: { path: "account.me" } });
const answerTo = (id: number) => (message: string) => message.startsWith(`{"id":${id},`);

describeWithAll([postgres, redis], "several processes", () => {
  let fleet: Fleet;
  let a: RunningServer;
  let b: RunningServer;

  beforeAll(async () => {
    fleet = await fleetOf("all", "all");
    [a, b] = fleet.servers as [RunningServer, RunningServer];
  });
  afterAll(() => fleet?.stop());

  /** Somebody on a socket of the first process, who listens. */
  async function listener(options: RawOptions, path = "live.events"): Promise<RawSocket> {
    const socket = await rawSocket(a.url, options);
    socket.say(subscribe(1, path));
    await socket.until((message) => message.includes("started"));
    return socket;
  }
  /** Somebody on a socket of the first process, who has asked something and listens to nothing. */
  async function asker(options: RawOptions): Promise<RawSocket> {
    const socket = await rawSocket(a.url, options);
    socket.say(me(1));
    await socket.until(answerTo(1));
    return socket;
  }
  const cookieOf = async (email: string) => ({ headers: { cookie: await b.cookieOf(email) } });
  async function issueAt(server: RunningServer): Promise<string> {
    const member = await server.signedIn("member@library.example");
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    return issued.codeId;
  }

  it("hear of each other over Redis how far a journal goes, and nothing of what happened", async () => {
    const stranger = new Redis(fleet.redis.url);
    const heard: string[] = [];
    await stranger.subscribe("tessera:news");
    stranger.on("message", (_channel, text) => heard.push(text));
    const desk = await listener({ token: await a.deskToken() });

    const codeId = await issueAt(b);
    await desk.until((message) => message.includes(codeId));
    await expect.poll(() => heard.filter((text) => text.includes("code.issued"))).toHaveLength(1);
    for (const text of heard) {
      expect(Object.keys(JSON.parse(text))).toEqual(["from", "tenant", "upTo", "about"]);
      expect(text).not.toContain(codeId);
    }
    stranger.disconnect();
    desk.socket.close();
  });

  it("hear nothing of an event that somebody made up on the bus, and go on", async () => {
    const desk = await listener({ token: await a.deskToken() });
    const first = await issueAt(b);
    const { entityId, at } = JSON.parse(await desk.until((message) => message.includes(first))).result.data.data;
    const liar = new Redis(fleet.redis.url);
    const tenant = (await fleet.asSuperuser("SELECT tenant_id FROM journal WHERE entity_id = $1", [entityId]))[0]
      ?.tenant_id;
    const from = "0c0ffee0-0000-4000-8000-00000000abcd";
    const made = { seq: 900, type: "code.redeemed", entityId, at, payload: {} };
    for (const lie of [
      { from, tenant, upTo: 900, about: ["code.redeemed"] },
      { from, tenant, upTo: 900, events: [made] },
      "?",
    ])
      await liar.publish("tessera:news", JSON.stringify(lie));

    const second = await issueAt(b);
    await desk.until((message) => message.includes(second));
    const types = desk.heard.map((message) => JSON.parse(message).result?.data?.data?.type);
    expect(types).not.toContain("code.redeemed");
    liar.disconnect();
    desk.socket.close();
  });

  it("decide a flag anew when another process has switched it", async () => {
    const operator = await b.signedIn("operator@library.example");
    const member = await a.signedIn("member@library.example");
    const desk = await listener({ token: await a.deskToken() });
    const key = "qr-checkout-enabled" as const;

    const { revision } = await operator.api.flag.kill.mutate({ key, because: "a test" });
    await desk.until((message) => message.includes("flag.changed") && message.includes(`"revision":${revision}`));
    expect(await member.api.flag.evaluate.query({ key })).toMatchObject({ value: false, reason: "KILLED" });
    await operator.api.flag.restore.mutate({ key, because: "a test" });
    desk.socket.close();
  });

  describe("close a socket at once", () => {
    it("when its person signs out at another process, and leave their other sessions alone", async () => {
      const [gone, stays] = [await cookieOf("member@library.example"), await cookieOf("member@library.example")];
      const [listening, silent, other] = [await listener(gone), await asker(gone), await listener(stays)];
      await b.signOut(gone.headers.cookie);
      expect(await listening.closed).toEqual({ code: 4403, reason: "you are signed out" });
      expect(await silent.closed).toEqual({ code: 4403, reason: "you are signed out" });
      other.say(me(2));
      expect(await other.until(answerTo(2))).toContain("memberId");
      other.socket.close();
    });

    it("when its desk is blocked, and another of its tenant's stays", async () => {
      const [blocked, other] = [await a.deskToken(), await a.deskToken()];
      const [socket, stays] = [await listener({ token: blocked }), await listener({ token: other })];
      const me = await a.deskOf(blocked).api.account.me.query();
      const id = me?.kind === "device" ? me.deviceId : "";
      expect(await fleet.asOperator(`UPDATE devices SET blocked_at = CURRENT_TIMESTAMP WHERE id = '${id}'`)).toBe(1);

      expect(await socket.closed).toEqual({ code: 4403, reason: "you are signed out" });
      expect(await a.deskOf(blocked).api.account.me.query()).toBeNull();
      expect(await stays.until((message) => message.includes("device.blocked"))).toContain(id);
      stays.socket.close();
    });

    it("when its key is revoked at another process", async () => {
      const admin = await b.signedIn("admin@library.example");
      const made = await admin.api.apiKey.create.mutate({ name: "A program", scopes: ["resources:read"] });
      if (made.kind === "left_alone") throw new Error("no key");
      const socket = await asker({ token: made.token });
      await admin.api.apiKey.revoke.mutate({ keyId: made.key.id });
      expect(await socket.closed).toEqual({ code: 4403, reason: "you are signed out" });
    });

    it("when its person gets another role", async () => {
      const socket = await listener(await cookieOf("staff@library.example"));
      const other = await listener(await cookieOf("operator@library.example"));
      const statement = "UPDATE members SET role = 'member' WHERE role = 'staff' AND user_id IS NOT NULL";
      expect(await fleet.asOperator(statement)).toBeGreaterThan(0);
      expect(await socket.closed).toEqual({ code: 4403, reason: "your rights have changed" });
      await other.until((message) => message.includes("member.changed"));
      expect(other.heard.join()).not.toContain("session.ended");
      other.socket.close();
    });
  });

  it("know within a second that a desk was locked, blocked or a key revoked, whatever they remember of it", async () => {
    const admin = await b.signedIn("admin@library.example");
    const token = await a.deskToken();
    const desk = a.deskOf(token);
    const me = await desk.api.account.me.query();
    const deviceId = me?.kind === "device" ? me.deviceId : "";
    const made = await admin.api.apiKey.create.mutate({ name: "A program", scopes: ["resources:read"] });
    if (made.kind === "left_alone") throw new Error("no key");
    const program = a.deskOf(made.token);
    expect(await program.api.resource.list.query()).not.toEqual([]);

    const SECOND = { timeout: 1_000, interval: 20 };
    const codeOf = (call: Promise<unknown>) => call.then(() => "OK").catch((error) => error.data.code);
    const act = (what: "lock" | "block") => admin.api.device.act.mutate({ deviceId, act: what, because: "a test" });
    const preview = () => codeOf(desk.api.qr.preview.query({ text: "T1" }));
    expect(await preview()).toBe("OK");
    await act("lock");
    await expect.poll(preview, SECOND).toBe("FORBIDDEN");
    await act("block");
    await expect.poll(preview, SECOND).toBe("UNAUTHORIZED");
    await admin.api.apiKey.revoke.mutate({ keyId: made.key.id });
    await expect.poll(() => codeOf(program.api.resource.list.query()), SECOND).toBe("UNAUTHORIZED");
  });

  it("refuse who comes from a blocked address in all of them within two seconds, and serve them again as soon", async () => {
    const admin = await a.signedIn("admin@library.example");
    const address = "203.0.113.7";
    const headers = { cookie: await b.cookieOf("member@library.example"), "x-forwarded-for": address };
    const asked = () => fetch(`${b.url}/trpc/resource.list`, { headers }).then(({ status }) => status);
    expect(await asked()).toBe(200);
    await admin.api.security.blockAddress.mutate({ address, because: "a test" });
    await expect.poll(asked, { timeout: 2_000, interval: 20 }).toBe(403);
    await admin.api.security.unblockAddress.mutate({ address });
    await expect.poll(asked, { timeout: 2_000, interval: 20 }).toBe(200);
  });

  it("hear of each other without Redis too", async () => {
    const cookie = await cookieOf("member@library.example");
    const desk = await listener({ token: await a.deskToken() });
    const socket = await listener(cookie);
    await fleet.redis.kill();
    const codeId = await issueAt(b);
    await desk.until((message) => message.includes(codeId));
    await b.signOut(cookie.headers.cookie);
    expect(await socket.closed).toMatchObject({ code: 4403 });
    desk.socket.close();
  });
});

describeWithAll([postgres, redis], "a process for calls and one for sockets", () => {
  let fleet: Fleet;
  let api: RunningServer;
  let ws: RunningServer;

  beforeAll(async () => {
    fleet = await fleetOf("api", "ws");
    [api, ws] = fleet.servers as [RunningServer, RunningServer];
  });
  afterAll(() => fleet?.stop());

  const upgrade = (path: string) =>
    new Promise<{ status: number | undefined; text: string }>((resolve) => {
      const headers = {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      };
      request(`${api.url}${path}`, { headers })
        .on("response", async (answer) => {
          let text = "";
          for await (const part of answer) text += part;
          resolve({ status: answer.statusCode, text });
        })
        .end();
    });

  it("tell who calls at the one is told at the other", async () => {
    const desk = await rawSocket(ws.url, { token: await api.deskToken() });
    desk.say(subscribe(1, "live.availability"));
    await desk.until((message) => message.includes('"complete":true'));
    const member = await api.signedIn("member@library.example");
    const [thing] = await member.api.resource.list.query();
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: thing?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    await (await api.desk()).redeem(issued.text);
    await desk.until((message) => message.includes('"complete":false') && message.includes(String(thing?.id)));
    desk.socket.close();
  });

  it("opens no socket at the one for calls, and says where sockets are", async () => {
    expect(await upgrade("/trpc")).toMatchObject({ status: 503, text: expect.stringContaining("ROLE=ws") });
    expect(await upgrade("/elsewhere")).toMatchObject({ status: 404 });
  });

  it.each([
    "/",
    "/kiosk/",
    "/trpc/account.me",
    "/api/auth/get-session",
    "/api/v1/demo",
    "/admin/feature-flags/x",
    "/ofrep/v1/x",
  ])("answers nothing at %s of the one for sockets, and says where that is", async (path) => {
    const answer = await fetch(`${ws.url}${path}`);
    expect([answer.status, await answer.json()]).toEqual([421, { message: expect.stringContaining("ROLE=api") }]);
  });

  it("tells of each how it is", async () => {
    for (const { url } of [api, ws]) {
      for (const path of ["/livez", "/readyz", "/metrics"])
        expect((await fetch(`${url}${path}`)).status, path).toBe(200);
    }
  });
});
