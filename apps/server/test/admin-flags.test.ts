import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigProblem, readConfig } from "../src/config.ts";
import { hearEvents } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const KEY = "qr-checkout-enabled";
const PORTAL = "ff/qr_unified_portal";
const ADMIN_TOKEN = "the token of the operators' scripts";
const bearer = { authorization: `Bearer ${ADMIN_TOKEN}` };
/** What curl says of every body that it is given with -d. */
const form = { "content-type": "application/x-www-form-urlencoded" };

/** The command of the operators' document; only its host is ours. */
const COMMAND = `curl -X POST $HOST/admin/feature-flags/qr-checkout-enabled \\
  -H "Authorization: Bearer $ADMIN_TOKEN" \\
  -d '{"enabled": false}'`;

/** What of an answer the tests look into; the rest they compare as a whole. */
interface Told {
  message: string;
  revision: number;
  config: { users: string[] };
}

async function asked(answer: Promise<Response>) {
  const response = await answer;
  return { status: response.status, headers: response.headers, body: (await response.json()) as Told };
}

describe("flags over HTTP", () => {
  let server: RunningServer;
  let member: Tessera;
  let operator: Tessera;

  beforeAll(async () => {
    server = await runningServer({}, { TESSERA_ADMIN_TOKEN: ADMIN_TOKEN });
    [member, operator] = await Promise.all([
      server.signedIn("member@library.example"),
      server.signedIn("operator@library.example"),
    ]);
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    for (const key of [PORTAL, KEY]) {
      const plain = { archived: false, prerequisites: [], denied: {}, target_tenants: null, tenant_share: null };
      expect(await post(key, { enabled: true, ...plain, config: {} })).toMatchObject({ status: 200 });
    }
  });

  const send = (method: string, key: string, body: string | null, headers: Record<string, string> = bearer) =>
    asked(fetch(`${server.url}/admin/feature-flags/${key}`, { method, headers: { ...form, ...headers }, body }));
  const get = (key: string) => send("GET", key, null);
  const post = (key: string, body: unknown) => send("POST", key, JSON.stringify(body));
  const decided = (key: typeof KEY | typeof PORTAL = KEY) => member.api.flag.evaluate.query({ key });

  it("are switched off by the command of the operators' document, at once", async () => {
    expect(await decided()).toMatchObject({ value: true });
    const env = { PATH: process.env.PATH ?? "", HOST: server.url, ADMIN_TOKEN };
    const { stdout } = await promisify(execFile)("sh", ["-c", COMMAND], { env });
    expect(JSON.parse(stdout)).toMatchObject({ key: KEY, enabled: false, killed: null, breaker: { state: "closed" } });
    expect(await decided()).toMatchObject({ value: false, reason: "DISABLED", rule: "enabled" });
  });

  it("tell how they are set, in the documents' words", async () => {
    const set = { config: { rollout: "percentage", percentage: 12.5 }, target_tenants: [], because: "week one" };
    const changed = await post(KEY, set);
    expect(changed.headers.get("cache-control")).toBe("no-store");
    expect(changed.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await get(KEY)).toMatchObject({ status: 200, body: changed.body });
    expect(changed.body).toEqual({
      ...{ key: KEY, description: expect.any(String), enabled: true, archived: false, target_tenants: [] },
      ...{ tenant_share: null, config: set.config, denied: {}, prerequisites: [], age: expect.any(Object) },
      ...{ killed: null, breaker: { state: "closed" }, override: null },
      ...{ revision: expect.any(Number), updated_at: expect.stringMatching(/Z$/) },
    });
  });

  it.each([PORTAL, encodeURIComponent(PORTAL)])("are found by a key with a slash in it, sent as %s", async (sent) => {
    const config = { camera_enabled: false, max_requests_per_session: 3 };
    expect(await post(sent, { is_enabled: true, config })).toMatchObject({ status: 200, body: { key: PORTAL } });
    expect(await decided(PORTAL)).toMatchObject({ value: true, values: { ...config, offline_enabled: true } });
  });

  it("are changed whatever the body calls itself", async () => {
    for (const type of ["application/json", "text/plain", ""]) {
      const headers = { ...bearer, "content-type": type };
      expect(await send("POST", KEY, '{"enabled": false}', headers), type).toMatchObject({ status: 200 });
    }
  });

  it("are written into history and journal with the door they were changed through", async () => {
    const events = await hearEvents(member);
    const { body } = await post(KEY, { archived: true, because: "it is for everybody now" });
    const [entry] = await operator.api.flag.history.query({ key: KEY });
    expect(entry).toMatchObject({ by: "http", via: "http", because: "it is for everybody now" });
    expect(entry).toMatchObject({ revision: body.revision, before: { archived: false }, after: { archived: true } });
    const news = await events.until(({ data }) => data.type === "flag.changed");
    expect(news.data).toMatchObject({ payload: { key: KEY, enabled: false, revision: body.revision } });
    events.stop();

    await post(KEY, { archived: false });
    expect((await operator.api.flag.history.query({ key: KEY }))[0]).toMatchObject({ because: "over HTTP" });
  });

  it("are killed, with other changes or without, and restored by a person only", async () => {
    const killed = await post(KEY, { killed: true, enabled: false, because: "it harms people" });
    expect(killed.body).toMatchObject({ enabled: false, killed: { by: "http", because: "it harms people" } });
    expect(await decided()).toMatchObject({ value: false, reason: "KILLED" });
    expect(await post(KEY, { killed: false, enabled: true })).toMatchObject({
      status: 409,
      body: { reason: "killed", message: "a killed flag is restored by a person in the console" },
    });
    expect((await get(KEY)).body).toMatchObject({ enabled: false });
    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
  });

  it("say so when they are killed and the rest is refused", async () => {
    await post(PORTAL, { prerequisites: [KEY] });
    const both = await post(KEY, { killed: true, prerequisites: [PORTAL] });
    expect(both).toMatchObject({ status: 409, body: { reason: "cycle" } });
    expect(both.body.message).toMatch(/^The flag is killed; the rest was not changed\./);
    expect(await decided()).toMatchObject({ reason: "KILLED" });
    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
  });

  it("are switched off while a ramp moves them, which pauses it; nothing else is changed then", async () => {
    const [reach, hold] = [{ kind: "percentage", percentage: 50 } as const, { kind: "approval" } as const];
    const steps = [{ reach, hold, guards: [] }];
    const planned = await operator.api.flag.ramp.plan.mutate({ key: KEY, steps, because: "a ramp" });
    if (planned.kind !== "changed") throw new Error(planned.reason);
    const { version } = planned.ramp;
    await operator.api.flag.ramp.move.mutate({ key: KEY, act: "start", version, because: "a ramp" });
    const stateNow = async () => (await operator.api.flag.ramp.get.query({ key: KEY }))?.state;
    expect(await stateNow()).toBe("running");

    const refused = await post(KEY, { config: { rollout: "everyone" } });
    expect(refused).toMatchObject({ status: 409, body: { reason: "ramp_running" } });
    expect(refused.body.message).toMatch(/Pause it first/);
    expect(await post(KEY, { enabled: false, config: {} })).toMatchObject({ status: 200, body: { enabled: false } });
    expect(await decided()).toMatchObject({ value: false, reason: "DISABLED" });
    expect(await stateNow()).toBe("paused");
  });

  it("hold 100,000 ids in a list, and no more", async () => {
    const me = await member.api.account.me.query();
    const memberId = me?.kind === "member" ? me.memberId : "nobody";
    const uuid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    const users = Array.from({ length: 99_999 }, (_, index) => uuid(index));
    const whitelist = (ids: string[]) => ({ config: { rollout: "whitelist", users: ids } });

    expect((await post(KEY, whitelist([...users, memberId]))).body.config.users).toHaveLength(100_000);
    expect(await decided()).toMatchObject({ value: true, reason: "TARGETING_MATCH", rule: "allow" });
    const refused = await post(KEY, whitelist([...users, memberId, uuid(100_000)]));
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringMatching(/config\.users: .*100000/) } });
    expect((await get(KEY)).body.config.users).toHaveLength(100_000);
  });

  it.each<[string, string, RegExp]>([
    ["a share above 100 %", '{"config":{"rollout":"percentage","percentage":101}}', /^config\.percentage: /],
    ["a share below 0 %", '{"tenant_share":-1}', /^tenant_share: /],
    ["a share of nothing", '{"config":{"rollout":"percentage"}}', /^config\.percentage: .*needs one/],
    ["a wrong type", '{"enabled":"no"}', /^enabled: .*boolean/],
    ["a wrong type in config", '{"config":{"max_requests_per_session":"many"}}', /^config\.max_requests_per_session: /],
    ["a field that nobody reads", '{"enabeld":false}', /"enabeld"/],
    ["a field of config that nobody reads", '{"config":{"percent":10}}', /^config: .*"percent"/],
    ["a tenant that is no id", '{"target_tenants":["the library"]}', /^target_tenants\.0: /],
    ["a flag to wait for that is none", '{"prerequisites":["no-such-flag"]}', /^prerequisites\.0: /],
    ["two words for one thing that differ", '{"enabled":true,"is_enabled":false}', /enabled and is_enabled/],
    ["a reason that is none", '{"enabled":false,"because":" "}', /^because: /],
    ["a text that no database keeps", '{"config":{"users":["a\\u0000b"]}}', /"0"/],
    ["half a letter", '{"description":"\\ud800"}', /"description"/],
    ["no change", "{}", /nothing to change.*"enabled": false/],
    ["no body", "", /nothing to change/],
    ["a list", "[]", /expected object/],
    ["a form", "enabled=false", /cannot be read as JSON/],
  ])("refuse %s, say what is wrong with it, and stay as they were", async (_what, body, words) => {
    const before = await get(KEY);
    const refused = await send("POST", KEY, body);
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringMatching(words) } });
    expect((await get(KEY)).body).toEqual(before.body);
  });

  it("refuse a body without an end", async () => {
    const refused = await send("POST", KEY, `{"description":"${"x".repeat(8 * 1024 * 1024)}"}`);
    expect(refused).toMatchObject({ status: 413, body: { message: expect.stringContaining("8388608 bytes") } });
  });

  it("refuse to wait for each other, or for themselves", async () => {
    await post(PORTAL, { prerequisites: [KEY] });
    for (const prerequisites of [[PORTAL], [KEY]]) {
      expect(await post(KEY, { prerequisites })).toMatchObject({ status: 409, body: { reason: "cycle" } });
    }
  });

  it("are not there by a key that nobody made", async () => {
    for (const answer of [get("no-such-flag"), post("no-such-flag", { enabled: false })]) {
      expect(await answer).toMatchObject({ status: 404, body: { reason: "unknown_flag" } });
    }
    expect((await fetch(`${server.url}/admin/feature-flags`, { headers: bearer })).status).toBe(404);
    expect((await fetch(`${server.url}/admin/feature-flags/%E0%A4%A`, { headers: bearer })).status).toBe(400);
  });

  it("are read and changed by nobody without the token", async () => {
    const wrong = ["", "Bearer ", `Bearer ${ADMIN_TOKEN}x`, ADMIN_TOKEN, `Basic ${ADMIN_TOKEN}`];
    const cookie = await server.cookieOf("operator@library.example");
    for (const headers of [{}, { cookie }, ...wrong.map((authorization) => ({ authorization }))]) {
      for (const [method, body] of [["GET", null] as const, ["POST", '{"enabled": false}'] as const]) {
        const refused = await send(method, KEY, body, headers as Record<string, string>);
        expect(refused, JSON.stringify(headers)).toMatchObject({ status: 401, body: { message: expect.any(String) } });
        expect(refused.headers.get("www-authenticate")).toBe("Bearer");
      }
    }
    expect((await get(KEY)).body).toMatchObject({ enabled: true });
  });

  it("are not for pages of other sites, nor for other methods", async () => {
    const origin = "https://elsewhere.example";
    expect(await send("POST", KEY, '{"enabled": false}', { ...bearer, origin })).toMatchObject({ status: 403 });
    const deleted = await send("DELETE", KEY, null);
    expect([deleted.status, deleted.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });
});

describe("a server with FEATURE_QR_CHECKOUT=false and no token", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await runningServer({}, { FEATURE_QR_CHECKOUT: "false" });
  });
  afterAll(() => server?.stop());

  it("has the flag off, although the database says on", async () => {
    const [member, operator] = await Promise.all(
      ["member@library.example", "operator@library.example"].map(server.signedIn),
    );
    expect(await member?.api.flag.evaluate.query({ key: KEY })).toMatchObject({ value: false, reason: "OVERRIDE" });
    expect((await operator?.api.flag.list.query())?.find(({ setting }) => setting.key === KEY)).toMatchObject({
      setting: { enabled: true },
      override: false,
    });
    const [thing] = (await member?.api.resource.list.query()) ?? [];
    const issued = await member?.api.qr.issue.mutate({ purpose: "check_out", resourceId: thing?.id ?? "" });
    expect(issued).toEqual({ kind: "refused", refusal: { reason: "disabled" } });
  });

  it("has no door for flags, and says how to get one", async () => {
    for (const headers of [{}, bearer]) {
      const answer = await asked(fetch(`${server.url}/admin/feature-flags/${KEY}`, { headers }));
      expect(answer).toMatchObject({ status: 404, body: { message: expect.stringContaining("TESSERA_ADMIN_TOKEN") } });
    }
  });

  it("does not start with a value that is none, or a token that can be guessed", () => {
    for (const [name, value] of [
      ["FEATURE_QR_CHECKOUT", "perhaps"],
      ["FEATURE_QR_UNIFIED_PORTAL", "2"],
      ["TESSERA_ADMIN_TOKEN", "thirty-one characters, no more."],
    ] as const) {
      expect(() => readConfig({ [name]: value }, [])).toThrow(ConfigProblem);
      expect(() => readConfig({ [name]: value }, [])).toThrow(new RegExp(`^${name} must`));
    }
  });
});
