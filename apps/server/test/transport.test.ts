import { once } from "node:events";
import { request as ask, type IncomingMessage } from "node:http";
import { accessTable, appRouter } from "@tessera/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";
import { upgradeStatus } from "./support/upgrade-status.ts";

const EVIL = "https://evil.example";
const mutations = accessTable(appRouter).filter(({ type }) => type === "mutation");

/** What a page of another site can have a browser send. What it may not name, the browser does: where it comes from. */
const FORMS = [
  {
    "content-type": "multipart/form-data; boundary=x",
    body: '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n{}\r\n--x--',
  },
  { "content-type": "application/x-www-form-urlencoded", body: "input=%7B%7D" },
  { "content-type": "text/plain", body: "{}" },
  { body: "" },
];
const FOREIGN = [
  { origin: EVIL, "sec-fetch-site": "cross-site" },
  { origin: "null", "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "cross-site" },
  {}, // a browser too old to say where it comes from
];

describe("what comes over the wire", () => {
  let server: RunningServer;
  let cookie: string;
  beforeAll(async () => {
    server = await runningServer();
    cookie = await server.cookieOf("operator@library.example");
  });
  afterAll(() => server?.stop());

  const post = (path: string, headers: Record<string, string>, body: string) =>
    fetch(`${server.url}${path}`, { method: "POST", headers, body });
  const json = { "content-type": "application/json" };
  /** How far the journal of the tenant goes: nothing happened while it stands still. */
  const head = async () => {
    const { api } = await server.signedIn("admin@library.example");
    return (await api.audit.list.query({ limit: 1 })).entries[0]?.seq;
  };

  const origins = (url: URL) => [
    EVIL,
    "null",
    `${url.protocol}//${url.host}.evil.example`,
    `${url.protocol}//evil${url.host}`,
    `${url.protocol}//${url.hostname}:${Number(url.port) + 1}`,
    `${url.protocol}//${url.hostname}`,
    url.origin.toUpperCase(),
    `${url.origin}/`,
    `${url.origin}@evil.example`,
    "file://",
    "",
  ];

  it("opens a socket for a page of ours only: not of an evil one, nor one whose name ends, begins or is written like ours", async () => {
    const url = new URL(server.url);
    for (const origin of origins(url).filter((one) => one !== "")) {
      expect({ origin, status: await upgradeStatus(server.url, { origin }) }).toEqual({ origin, status: 403 });
    }
    expect(await upgradeStatus(server.url, { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await upgradeStatus(server.url, { origin: url.origin })).toBe(101);
    expect(await upgradeStatus(server.url, {})).toBe(101); // a program; it brings no cookies that are not its own
  });

  it("answers no call of such a page either", async () => {
    for (const origin of origins(new URL(server.url)).filter((one) => one !== "")) {
      const answer = await fetch(`${server.url}/trpc/account.me`, { headers: { cookie, origin } });
      expect({ origin, status: answer.status }).toEqual({ origin, status: 403 });
      const person = JSON.stringify({ email: "member@library.example", password: "tessera-demo" });
      const signIn = await post("/api/auth/sign-in/email", { ...json, origin }, person);
      expect({ origin, status: signIn.status }).toEqual({ origin, status: 403 });
    }
  });

  it("does nothing for a form of another site, whichever mutation it names and however it is sent", async () => {
    const before = await head();
    for (const { path } of mutations) {
      for (const { body, ...type } of FORMS) {
        for (const from of FOREIGN) {
          const headers = { cookie, ...type, ...from } as Record<string, string>;
          const { status } = await post(`/trpc/${path}`, headers, body);
          expect([403, 415], `${path} ${JSON.stringify(headers)}`).toContain(status);
        }
      }
    }
    expect(await head()).toBe(before);
  });

  it("does nothing that only a cookie signs without a mark that it is meant", async () => {
    const invite = JSON.stringify({ name: "Back door" });
    expect((await post("/trpc/device.invite", { cookie, ...json }, invite)).status).toBe(403);
    expect((await post("/trpc/device.invite?x=1", { cookie, ...json }, invite)).status).toBe(403);
    expect((await post("/api/auth/sign-out", { cookie, ...json }, "{}")).status).toBe(403);
    expect((await post("/trpc/device.invite", { cookie, ...json, "x-tessera": "1" }, invite)).status).toBe(200);
    expect((await post("/trpc/device.invite", { cookie, ...json, origin: server.url }, invite)).status).toBe(200);
  });

  it("reads JSON and nothing else, also from its own pages, and says so", async () => {
    for (const { body, ...type } of FORMS.filter((form) => form["content-type"])) {
      for (const path of ["/trpc/device.invite", "/api/auth/sign-in/email"]) {
        const answer = await post(path, { cookie, origin: server.url, ...type } as Record<string, string>, body);
        expect(answer.status).toBe(415);
        expect(await answer.json()).toEqual({ message: "Send JSON, and say so: Content-Type: application/json." });
      }
    }
  });

  it("runs ten calls of a batch, and none of eleven", async () => {
    const before = await head();
    const batch = (size: number) => {
      const path = Array(size).fill("device.release").join(",");
      const nobody = { deviceId: "00000000-0000-4000-8000-000000000000" };
      const body = JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, index) => [index, nobody])));
      return post(`/trpc/${path}?batch=1`, { cookie, ...json, origin: server.url }, body);
    };
    expect((await batch(10)).status).toBe(200);
    const refused = await batch(11);
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain("released");
    expect(await head()).toBe(before);

    const { socket, say, closed } = await rawSocket(server.url, { headers: { cookie } });
    const call = (id: number) => ({ id, method: "mutation", params: { path: "device.invite", input: { name: "B" } } });
    say(Array.from({ length: 11 }, (_, index) => call(index + 1)));
    await Promise.race([closed, new Promise((resolve) => socket.once("message", resolve))]);
    socket.close();
    expect(await head()).toBe(before);
  });

  it("refuses ten megabytes without reading them, and a head that is far too long", async () => {
    const large = await post("/trpc/device.pair", json, `"${"x".repeat(10_000_000)}"`).catch(() => null);
    expect([413, undefined]).toContain(large?.status); // it may hang up before all was sent
    const long = await fetch(`${server.url}/trpc/account.me`, { headers: { "x-long": "x".repeat(17_000) } });
    expect(long.status).toBe(431);
  });

  it.each([
    ["qr.redeem", 15, 200],
    ["qr.redeem", 17, 413],
    ["device.invite", 17, 200],
    ["device.invite", 65, 413],
  ])("reads a body of %s with %i kB: %i, whether its length is told or not", async (path, kilobytes, status) => {
    const input =
      path === "qr.redeem"
        ? { scanId: "01890000-0000-7000-8000-000000000000", text: "T1", source: "camera" }
        : { name: "Desk" };
    const body = JSON.stringify(input).padEnd(kilobytes * 1024, " "); // spaces mean nothing in JSON
    const headers = { ...json, cookie, origin: server.url };
    expect((await post(`/trpc/${path}`, headers, body)).status).toBe(status);
    const stream = new Blob([body]).stream();
    const inPieces = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
    expect((await fetch(`${server.url}/trpc/${path}`, inPieces)).status).toBe(status);
  });

  it("sends nobody elsewhere, whatever an address asks for", async () => {
    const targets = [EVIL, "//evil.example", "/\\evil.example", "https:evil.example", `${server.url}@evil.example`];
    const ways = ["callbackURL", "redirectTo", "errorCallbackURL", "next", "url", "redirect_uri", "returnTo"];
    const doors = [
      "/",
      "/kiosk/",
      "/sign-in",
      "/api/auth/verify-email",
      "/api/auth/reset-password/x",
      "/api/auth/error",
    ];
    for (const door of doors) {
      for (const way of ways) {
        for (const target of targets) {
          const address = `${server.url}${door}?token=x&${way}=${encodeURIComponent(target)}`;
          const { headers, status } = await fetch(address, { redirect: "manual" });
          const location = headers.get("location");
          const host = location === null ? null : new URL(location, server.url).host;
          expect({ address, status, host }).toEqual({ address, status, host: host && new URL(server.url).host });
        }
      }
    }
  });

  it("tells browsers to let no foreign script, frame, socket or form in", async () => {
    const { headers } = await fetch(`${server.url}/livez`);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|wss?:(?!\/\/)/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("permissions-policy")).toContain("camera=(self)");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull(); // plain HTTP promises nothing
  });
});

describe("a deployment behind a proxy that speaks HTTPS", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await runningServer({}, { PUBLIC_URL: "https://lend.example", TRUST_PROXY_HOPS: "1" });
  });
  afterAll(() => server?.stop());

  const asked = (path: string, scheme: string, more: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      redirect: "manual",
      ...more,
      headers: { "x-forwarded-proto": scheme, ...more.headers },
    });

  it("sends pages that came in the open to the same page by HTTPS, whatever host the request claims", async () => {
    const page = await asked("/things?page=2", "http", { headers: { "x-forwarded-host": "evil.example" } });
    expect(page.status).toBe(308);
    expect(page.headers.get("location")).toBe("https://lend.example/things?page=2");
    expect((await asked("//evil.example/", "http")).headers.get("location")).toBe(
      "https://lend.example//evil.example/",
    );
  });

  it("answers no call that came in the open, so that nobody gets used to it", async () => {
    for (const path of ["/trpc/account.me", "/trpc/account.me?x=1", "/api/auth/get-session"]) {
      const { status, headers } = await asked(path, "http");
      expect({ path, status, location: headers.get("location") }).toEqual({ path, status: 403, location: null });
    }
    expect((await asked("/trpc/account.me", "https")).status).toBe(200);
    expect(await upgradeStatus(server.url, { "x-forwarded-proto": "http" })).toBe(403);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200); // a balancer asks by itself
  });

  it("has browsers come by HTTPS only from then on, with cookies that leave by HTTPS only", async () => {
    const asking = ask(`${server.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-forwarded-proto": "https",
        origin: "https://lend.example",
        host: "lend.example",
      },
    });
    asking.end(JSON.stringify({ email: "member@library.example", password: "tessera-demo" }));
    const [{ headers, statusCode }] = (await once(asking, "response")) as [IncomingMessage];
    expect(statusCode).toBe(200);
    expect(headers["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
    const cookies = headers["set-cookie"] ?? [];
    expect(cookies.length).toBeGreaterThan(0);
    for (const one of cookies) {
      expect(one).toMatch(/; HttpOnly/i);
      expect(one).toMatch(/; Secure/i);
      expect(one).toMatch(/; SameSite=Lax/i);
      expect(one).toMatch(/; Path=\/(;|$)/);
    }
  });

  it("does not start trusting any number of proxies", () => {
    expect(() => readConfig({ TRUST_PROXY_HOPS: "true" }, [])).toThrow("must be a number of proxies");
  });
});
