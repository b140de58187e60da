import { randomBytes } from "node:crypto";
import type { TenantEvent } from "@tessera/contracts";
import { compactCode } from "@tessera/domain/qr/compact-code";
import type { Tessera } from "@tessera/sdk/node";
import { createTessera } from "@tessera/sdk/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

/** Suspicions are written down once a second, and blocks read as often. */
const SOON = { timeout: 5_000, interval: 50 };
const HERE = "198.51.100.1";
const THERE = "203.0.113.7";
const because = "it tries codes";

describe("suspicion", () => {
  let server: RunningServer;
  let staff: Tessera;
  let admin: Tessera;
  let operator: Tessera;

  beforeAll(async () => {
    server = await runningServer({}, { TRUST_PROXY_HOPS: "1", TESSERA_RATE_LIMITS: "5" });
    staff = await from(HERE, "staff@library.example");
    admin = await from(HERE, "admin@library.example");
    operator = await from(HERE, "operator@library.example");
  });
  afterAll(() => server?.stop());
  afterEach(async () => {
    await admin.api.security.unblockAddress.mutate({ address: THERE });
    await operator.api.security.unblockAddress.mutate({ address: THERE, everywhere: true });
  });

  /** Somebody who is signed in, as a proxy of ours says where. */
  async function from(address: string, email: string): Promise<Tessera> {
    const cookie = await server.cookieOf(email);
    return createTessera({ url: server.url, headers: () => ({ cookie, "x-forwarded-for": address }) });
  }
  const strangerFrom = (address: string, headers: Record<string, string> = {}) =>
    createTessera({ url: server.url, headers: () => ({ "x-forwarded-for": address, ...headers }) });
  const madeUp = () => compactCode(randomBytes(16));
  const open = async (who = staff) => (await who.api.security.alerts.query({ open: true })).alerts;
  const signInFrom = (address: string, password: string) =>
    fetch(`${server.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, "x-forwarded-for": address },
      body: JSON.stringify({ email: "member@library.example", password }),
    });
  const refusedWith = (message: RegExp) => ({ data: { code: "FORBIDDEN" }, message: expect.stringMatching(message) });

  it("makes one alert of many codes that nobody knows at one desk, and staff hear of it as it happens", async () => {
    const heard: TenantEvent["type"][] = [];
    const listener = await server.signedIn("staff@library.example");
    const news = listener.api.live.events.subscribe(undefined, {
      onData: ({ data }) => heard.push(data.type as never),
    });
    const desk = await server.desk();
    const { name } = (await desk.api.account.me.query()) as { name: string };
    const since = await desk.api.live.since.query([{ topic: "events" }]);
    const texts = Array.from({ length: 7 }, madeUp);
    for (const text of texts) expect(await desk.redeem(text)).toMatchObject({ kind: "refused" });

    await expect
      .poll(async () => (await open())[0], SOON)
      .toMatchObject({
        kind: "failed_validations",
        severity: "info",
        count: 7,
        evidence: { name, seen: { not_found: 7 } },
      });
    await expect.poll(() => heard, SOON).toContain("security.alerted");
    const told = await desk.api.live.since.query([{ topic: "events", lastEventId: since[0]?.lastEventId }]);
    expect(JSON.stringify(told)).not.toContain("security."); // whoever holds it need not hear that it was noticed
    const [alert] = await open();
    for (const text of texts) expect(JSON.stringify(alert)).not.toContain(text);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('qr_security_alerts{kind="failed_validations",severity="info"} 1');

    expect(await staff.api.security.acknowledge.mutate({ alertId: alert?.id ?? "" })).toEqual({ kind: "acknowledged" });
    expect(await staff.api.security.acknowledge.mutate({ alertId: alert?.id ?? "" })).toEqual({ kind: "left_alone" });
    expect(await open()).toEqual([]);
    news.unsubscribe();
    await listener.close();
  });

  it("notes a used code that is shown at another desk at once, as in two places", async () => {
    const member = await server.signedIn("member@library.example");
    const [one, other] = [await server.desk(), await server.stranger()];
    const { deviceCode, userCode } = await other.api.device.start.mutate({ userAgent: "" });
    await staff.api.device.approve.mutate({ userCode, name: "Back door", scopes: ["redeem"] });
    const paired = await other.api.device.poll.mutate({ deviceCode });
    if (paired.kind !== "paired") throw new Error(paired.kind);
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (code.kind !== "issued") throw new Error(code.kind);
    expect(await one.redeem(code.text)).toMatchObject({ kind: "redeemed" });
    expect(await server.deskOf(paired.token).redeem(code.text)).toMatchObject({ kind: "refused" });
    await expect
      .poll(async () => (await open())[0], SOON)
      .toMatchObject({
        kind: "two_places",
        severity: "warning",
        evidence: { name: "Back door", seen: { already_redeemed: 1 } },
      });
    await member.close();
  });

  it("shows what strangers do to operators alone", async () => {
    for (let one = 0; one < 6; one++) {
      await signInFrom("203.0.113.50", "wrong");
      await strangerFrom("203.0.113.51", { authorization: `Bearer tsd_${randomBytes(24).toString("hex")}` })
        .api.account.me.query(undefined)
        .catch(() => {});
    }
    const platform = () => operator.api.security.alerts.query({ everywhere: true });
    await expect
      .poll(async () => (await platform()).alerts.map(({ kind, subject }) => `${kind} ${subject.id}`), SOON)
      .toEqual(expect.arrayContaining(["failed_sign_ins 203.0.113.50", "made_up_tokens 203.0.113.51"]));
    await expect(admin.api.security.alerts.query({ everywhere: true })).rejects.toMatchObject(refusedWith(/operators/));
    expect((await open()).filter(({ subject }) => subject.kind === "address")).toEqual([]);
  });

  describe("a blocked address", () => {
    it("is served nothing of the tenant, told whom to ask, and served again when it is lifted", async () => {
      const there = await from(THERE, "member@library.example");
      const next = await from("203.0.113.8", "member@library.example");
      const atHotel = await from(THERE, "guest@hotel.example");
      await there.api.resource.list.query();
      expect(await admin.api.security.blockAddress.mutate({ address: THERE, because })).toMatchObject({
        kind: "blocked",
        block: { address: THERE, because, until: null },
      });
      await expect(there.api.resource.list.query()).rejects.toMatchObject(refusedWith(/blocked here\. Ask who runs/));
      await next.api.resource.list.query();
      await atHotel.api.resource.list.query();
      await strangerFrom(THERE).api.device.demoDesks.query(undefined);
      expect(await admin.api.security.blockedAddresses.query()).toMatchObject([{ address: THERE }]);

      expect(await admin.api.security.unblockAddress.mutate({ address: THERE })).toEqual({ kind: "unblocked" });
      await there.api.resource.list.query();
    });

    it("loses its sockets at once, and gets no other", async () => {
      const cookie = await server.cookieOf("member@library.example");
      const headers = { cookie, "x-forwarded-for": THERE };
      const { socket, say, until } = await rawSocket(server.url, { headers });
      say({ id: 1, jsonrpc: "2.0", method: "subscription", params: { path: "live.events", input: {} } });
      await until((message) => message.includes('"id":1'));
      const closed = new Promise<number>((resolve) => socket.on("close", resolve));
      await admin.api.security.blockAddress.mutate({ address: THERE, because });
      expect(await closed).toBe(4403);

      const again = await rawSocket(server.url, { headers });
      again.say({ id: 1, jsonrpc: "2.0", method: "subscription", params: { path: "live.events", input: {} } });
      expect(await again.until((message) => message.includes('"id":1'))).toContain("FORBIDDEN");
      again.socket.close();
    });

    it("is never the one that its admin sits at, and ends in time to come", async () => {
      expect(await admin.api.security.blockAddress.mutate({ address: HERE, because })).toMatchObject({
        kind: "refused",
        because: "your_own_address",
        next: expect.stringContaining("another network"),
      });
      const until = new Date(Date.now() - 1).toISOString();
      expect(await admin.api.security.blockAddress.mutate({ address: THERE, because, until })).toMatchObject({
        because: "already_over",
      });
      const wrong = { address: "everybody", because };
      await expect(admin.api.security.blockAddress.mutate(wrong)).rejects.toThrow(/Give a network address/);
    });

    it("for everybody is refused by every door, and blocked by operators alone", async () => {
      const everywhere = { address: THERE, because, everywhere: true };
      await expect(admin.api.security.blockAddress.mutate(everywhere)).rejects.toMatchObject(refusedWith(/operators/));
      const atHotel = await from(THERE, "guest@hotel.example");
      expect(await operator.api.security.blockAddress.mutate(everywhere)).toMatchObject({ kind: "blocked" });

      await expect(atHotel.api.resource.list.query()).rejects.toMatchObject(refusedWith(/Ask who runs this platform/));
      await expect(strangerFrom(THERE).api.device.demoDesks.query(undefined)).rejects.toMatchObject(
        refusedWith(/is blocked/),
      );
      expect((await signInFrom(THERE, "tessera-demo")).status).toBe(403);
      await expect(rawSocket(server.url, { headers: { "x-forwarded-for": THERE } })).rejects.toThrow("403");
      expect((await signInFrom("203.0.113.9", "tessera-demo")).status).toBe(200);
    });

    it("is in the journal with who and why", async () => {
      await admin.api.security.blockAddress.mutate({ address: THERE, because });
      const entries = async () =>
        (await admin.api.audit.list.query({ type: "address.blocked", limit: 200 })).entries.map(
          ({ payload }) => payload,
        );
      await expect.poll(entries, SOON).toContainEqual({ address: THERE, because, until: null });
    });
  });
});
