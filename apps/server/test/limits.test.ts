import { newScanId } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { readConfig } from "../src/config.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

interface Answer {
  status: number;
  headers: Headers;
  body: { error?: { message: string; data: object }; result?: { data: unknown } };
}

describe("a server that limits how often it is asked", () => {
  let server: RunningServer;
  let deskToken: string;
  beforeAll(async () => {
    // A proxy of ours stands before it, so that a test can come from any address.
    server = await runningServer({}, { TESSERA_RATE_LIMITS: "1", TRUST_PROXY_HOPS: "1" });
    deskToken = await server.deskToken();
  });
  afterAll(() => server?.stop());

  let last = 0;
  /** An address that nobody has come from yet. */
  const someAddress = () => `198.51.100.${++last}`;

  async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${server.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
  }

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  }

  const ME = "/trpc/account.me";
  /** So many calls at once. @returns How often each status came. */
  async function flood(times: number, one: (index: number) => Promise<Answer>): Promise<Record<number, number>> {
    const statuses: Record<number, number> = {};
    for (const { status } of await Promise.all(Array.from({ length: times }, (_, index) => one(index))))
      statuses[status] = (statuses[status] ?? 0) + 1;
    return statuses;
  }

  it("says with every answer which class it counted as, how many there are and remain, and when it begins anew", async () => {
    const address = { "x-forwarded-for": someAddress() };
    for (const path of [ME, `${ME}?and=more`, `${ME},account.me?batch=1`]) {
      const { headers } = await get(path, address);
      expect(headers.get("ratelimit-policy")).toBe('"read";q=60;w=60');
      expect(headers.get("ratelimit")).toMatch(/^"read";r=5\d;t=\d+$/);
      expect(headers.get("retry-after")).toBeNull();
    }
    expect((await get(ME, address)).headers.get("ratelimit")).toMatch(/^"read";r=55;/);
  });

  it("refuses a flood of one address, tells it when to come back, and serves the rest", async () => {
    const flooding = { "x-forwarded-for": someAddress() };
    expect(await flood(200, () => get(ME, flooding))).toEqual({ 200: 60, 429: 140 });
    const { status, headers, body } = await get(ME, flooding);
    const seconds = Number(headers.get("retry-after"));
    expect(status).toBe(429);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(body.error?.message).toBe(
      `That was a lot at once. Wait a moment, then go on. 60 calls of class read a minute are allowed. Try again in ${seconds} s.`,
    );
    expect(body.error?.data).toEqual({
      code: "TOO_MANY_REQUESTS",
      httpStatus: 429,
      failure: "rate_limited",
      retryAfter: seconds,
    });
    expect((await get(ME, { "x-forwarded-for": someAddress() })).status).toBe(200);
  });

  it("is not deceived by what somebody writes before what our proxy heard", async () => {
    const address = someAddress();
    const invented = (index: number) => ({ "x-forwarded-for": `10.0.${index}.1, ${address}` });
    expect(await flood(80, (index) => get(ME, invented(index)))).toEqual({ 200: 60, 429: 20 });
  });

  it("counts the calls of a batch one by one", async () => {
    const address = { "x-forwarded-for": someAddress() };
    const ten = `/trpc/${Array(10).fill("account.me").join(",")}?batch=1`;
    expect(await flood(6, () => get(ten, address))).toEqual({ 200: 6 });
    expect((await get(ME, address)).status).toBe(429);
  });

  it("keeps people who share an address apart as soon as it knows who they are", async () => {
    const shared = { "x-forwarded-for": someAddress() };
    await flood(100, () => get(ME, shared));
    expect((await get(ME, shared)).status).toBe(429);
    const cookie = await server.cookieOf("member@library.example");
    const mine = await get(ME, { ...shared, cookie });
    expect(mine.status).toBe(200);
    expect(mine.headers.get("ratelimit-policy")).toBe('"read";q=300;w=60');
  });

  it("lets a desk scan sixty times a minute, however many others scan, and one code ten times", async () => {
    const scan = (text: string, token: string) =>
      post("/trpc/qr.redeem", { scanId: newScanId(), text, source: "camera" }, { authorization: `Bearer ${token}` });
    expect(await flood(12, () => scan("T1O-ONE-CODE", deskToken))).toEqual({ 200: 10, 429: 2 });
    expect(await flood(60, (index) => scan(`T1O-CODE-${index}`, deskToken))).toEqual({ 200: 48, 429: 12 });
    const refused = await scan("T1O-ONE-CODE", deskToken);
    expect(refused.headers.get("ratelimit-policy")).toMatch(/^"scan";/);

    const other = await server.deskToken();
    expect((await scan("T1O-ANOTHER", other)).status).toBe(200);
    expect((await scan("T1O-ONE-CODE", other)).status).toBe(429); // whoever shows it
    const cookie = await server.cookieOf("staff@library.example");
    const byStaff = await post("/trpc/qr.redeem", { scanId: newScanId(), text: "T1O", source: "camera" }, { cookie });
    expect(byStaff.status).toBe(200);
  });

  it("lets nobody try passwords without end, from one address or for one account", async () => {
    const tries = (email: () => string, address: () => string) =>
      flood(30, () =>
        post("/api/auth/sign-in/email", { email: email(), password: "wrong" }, { "x-forwarded-for": address() }),
      );
    let person = 0;
    const one = someAddress();
    expect(
      await tries(
        () => `nobody-${++person}@library.example`,
        () => one,
      ),
    ).toEqual({ 401: 20, 429: 10 });
    expect(await tries(() => "Guessed@library.example", someAddress)).toEqual({ 401: 10, 429: 20 });
  });

  it("limits calls over a socket too, and tells how long to wait", async () => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/trpc`, {
      headers: { "x-forwarded-for": someAddress() },
    });
    await new Promise((resolve) => socket.once("open", resolve));
    const answers: { id: number; error?: { data: object } }[] = [];
    socket.on("message", (raw) => {
      for (const one of [JSON.parse(String(raw))].flat()) answers.push(one);
    });
    const params = { path: "device.pair", input: { pairingCode: "00000000" } };
    for (let id = 1; id <= 25; id++) socket.send(JSON.stringify({ id, method: "mutation", params }));
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(25);
    const refused = answers.filter(({ error }) => error);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.error?.data).toMatchObject({ failure: "rate_limited", retryAfter: expect.any(Number) });
    socket.close();
  });

  it("counts what it refused, for whoever watches", async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/tessera_rate_limited_total\{class="read"\} \d{3}/);
  });
});

it("does not limit where a deployment chose not to, and starts with no nonsense", () => {
  expect(readConfig({ TESSERA_RATE_LIMITS: "off" }, []).rateLimits).toBeNull();
  expect(readConfig({ TESSERA_RATE_LIMITS: "2.5" }, []).rateLimits).toBe(2.5);
  expect(readConfig({}, []).rateLimits).toBe(1);
  for (const nonsense of ["on", "0", "-1", "many"])
    expect(() => readConfig({ TESSERA_RATE_LIMITS: nonsense }, [])).toThrow("TESSERA_RATE_LIMITS must be off, or");
  for (const nonsense of ["true", "1.5", "-1", "*"])
    expect(() => readConfig({ TRUST_PROXY_HOPS: nonsense }, [])).toThrow("TRUST_PROXY_HOPS");
});
