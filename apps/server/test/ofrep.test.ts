import { OFREPProvider } from "@openfeature/ofrep-provider";
import { type Client, OpenFeature } from "@openfeature/server-sdk";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const KEY = "qr-checkout-enabled";
const PORTAL = "ff/qr_unified_portal";
const ADMIN_TOKEN = "the token of the operators' scripts";
const operators = { authorization: `Bearer ${ADMIN_TOKEN}` };
const BULK = "/ofrep/v1/evaluate/flags";

describe("the flags for OpenFeature clients", () => {
  let server: RunningServer;
  let member: Tessera;
  let operator: Tessera;
  let memberId: string;
  let tenantId: string;
  let asMember: Record<string, string>;

  beforeAll(async () => {
    server = await runningServer({}, { TESSERA_ADMIN_TOKEN: ADMIN_TOKEN });
    const cookie = await server.cookieOf("member@library.example");
    asMember = { cookie };
    [member, operator] = await Promise.all([
      server.signedIn("member@library.example"),
      server.signedIn("operator@library.example"),
    ]);
    const me = await member.api.account.me.query();
    if (me?.kind !== "member") throw new Error("nobody is signed in");
    memberId = me.memberId;
    tenantId = me.tenant.id;
  });
  afterAll(async () => {
    await OpenFeature.close();
    await server?.stop();
  });
  afterEach(() => set({ enabled: true, config: {} }));

  async function set(body: object, key = KEY): Promise<void> {
    const url = `${server.url}/admin/feature-flags/${key}`;
    const answer = await fetch(url, { method: "POST", headers: operators, body: JSON.stringify(body) });
    if (answer.status !== 200) throw new Error(await answer.text());
  }

  /** The real client with the real provider, over HTTP. */
  async function clientWith(headers: Record<string, string>, name = JSON.stringify(headers)): Promise<Client> {
    const provider = new OFREPProvider({ baseUrl: server.url, headers: Object.entries(headers) as [string, string][] });
    await OpenFeature.setProviderAndWait(name, provider);
    return OpenFeature.getClient(name);
  }

  const post = (path: string, body: unknown, headers: Record<string, string> = operators) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  describe("with the operators' token", () => {
    let client: Client;
    beforeAll(async () => {
      client = await clientWith(operators);
    });

    it("are decided for whom the context names, with reason and what stands behind it", async () => {
      const context = { targetingKey: memberId, tenantId, plan: "an attribute of the application's own" };
      expect(await client.getBooleanValue(KEY, false, context)).toBe(true);
      expect(await client.getBooleanDetails(KEY, false, context)).toMatchObject({
        ...{ flagKey: KEY, value: true, variant: "on", reason: "STATIC" },
        flagMetadata: { reason: "STATIC", rule: "default", scheme: "mm3-shift-1", stale: false },
      });

      await set({ config: { rollout: "percentage", percentage: 50 } });
      const { value, bucket, revision } = await member.api.flag.evaluate.query({ key: KEY });
      expect(await client.getBooleanDetails(KEY, !value, context)).toMatchObject({
        ...{
          value,
          variant: value ? "on" : "off",
          reason: "SPLIT",
          flagMetadata: { bucket, revision, rule: "percentage" },
        },
      });
    });

    it("carry their values as metadata, under a key with a slash in it", async () => {
      await set(
        { enabled: true, target_tenants: null, config: { camera_enabled: false, max_requests_per_session: 3 } },
        PORTAL,
      );
      expect(await client.getBooleanDetails(PORTAL, false, { tenantId })).toMatchObject({
        value: true,
        flagMetadata: { camera_enabled: false, offline_enabled: true, max_requests_per_session: 3 },
      });
    });

    it("leave the default to who asks for a flag that is none, or for another type", async () => {
      const context = { targetingKey: memberId, tenantId };
      expect(await client.getBooleanDetails("no-such-flag", true, context)).toMatchObject({
        ...{ value: true, reason: "ERROR", errorCode: "FLAG_NOT_FOUND" },
      });
      expect(await client.getStringDetails(KEY, "blue", context)).toMatchObject({
        ...{ value: "blue", errorCode: "TYPE_MISMATCH" },
      });
    });

    it("want a targeting key where a share decides, and only there", async () => {
      expect(await client.getBooleanDetails(KEY, false, { tenantId })).toMatchObject({ value: true, reason: "STATIC" });
      await set({ config: { rollout: "percentage", percentage: 100 } });
      for (const context of [{ tenantId }, { tenantId, targetingKey: "" }]) {
        expect(await client.getBooleanDetails(KEY, false, context)).toMatchObject({
          ...{ value: false, errorCode: "TARGETING_KEY_MISSING" },
        });
      }
      await set({ config: { rollout: "percentage", percentage: 100, unit: "device" } });
      expect(await client.getBooleanValue(KEY, false, { tenantId, deviceId: "a desk" })).toBe(true);
    });

    it("want a tenant", async () => {
      for (const context of [{ targetingKey: memberId }, { tenantId: "the library" }, { tenantId, deviceId: 7 }]) {
        expect(await client.getBooleanDetails(KEY, false, context)).toMatchObject({ errorCode: "INVALID_CONTEXT" });
      }
    });

    it("are killed for the very next evaluation", async () => {
      const context = { targetingKey: memberId, tenantId };
      expect(await client.getBooleanValue(KEY, true, context)).toBe(true);
      await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
      expect(await client.getBooleanDetails(KEY, true, context)).toMatchObject({
        ...{ value: false, variant: "off", reason: "DISABLED", flagMetadata: { reason: "KILLED", rule: "killed" } },
      });
      await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
    });
  });

  it("are decided for a member who is signed in, and for nobody else they name", async () => {
    const client = await clientWith(asMember);
    await set({ config: { rollout: "whitelist", users: [memberId] } });
    const mine = { value: true, reason: "TARGETING_MATCH", flagMetadata: { rule: "allow" } };
    expect(await client.getBooleanDetails(KEY, false)).toMatchObject(mine);
    expect(await client.getBooleanDetails(KEY, false, { targetingKey: memberId, tenantId })).toMatchObject(mine);

    await set({ config: { rollout: "whitelist", resources: ["the drill"] } });
    expect(await client.getBooleanValue(KEY, false)).toBe(false);
    expect(await client.getBooleanValue(KEY, false, { resourceId: "the drill" })).toBe(true);
    const another = "00000000-0000-4000-8000-000000000001";
    for (const context of [{ targetingKey: another }, { tenantId: another }, { deviceId: another }]) {
      expect(await client.getBooleanDetails(KEY, false, context)).toMatchObject({ errorCode: "INVALID_CONTEXT" });
    }
  });

  it("are on for a desk where they are on for anybody there", async () => {
    const client = await clientWith({ authorization: `Bearer ${await server.deskToken()}` }, "a desk");
    await set({ config: { rollout: "percentage", percentage: 1 } });
    expect(await client.getBooleanDetails(KEY, false)).toMatchObject({ value: true, reason: "SPLIT" });
  });

  it("are told to nobody else", async () => {
    const client = await clientWith({ authorization: "Bearer of something" });
    expect(await client.getBooleanDetails(KEY, false, { tenantId })).toMatchObject({ value: false, reason: "ERROR" });
    for (const [headers, status] of [
      [{}, 401],
      [{ authorization: `Bearer ${ADMIN_TOKEN}?` }, 401],
      [{ ...asMember, origin: "https://elsewhere.example" }, 403],
    ] as const) {
      for (const path of [BULK, `${BULK}/${KEY}`]) expect((await post(path, {}, { ...headers })).status).toBe(status);
    }
  });

  it("say what is wrong in the protocol's words", async () => {
    const context = { tenantId };
    await set({ config: { rollout: "percentage", percentage: 10 } });
    for (const [path, body, status, errorCode] of [
      [`${BULK}/${KEY}`, "{", 400, "PARSE_ERROR"],
      [`${BULK}/${KEY}`, { context: [] }, 400, "INVALID_CONTEXT"],
      [`${BULK}/${KEY}`, { context }, 400, "TARGETING_KEY_MISSING"],
      [`${BULK}/no/such-flag`, { context }, 404, "FLAG_NOT_FOUND"],
      [BULK, "[", 400, "PARSE_ERROR"],
      [BULK, {}, 400, "INVALID_CONTEXT"],
    ] as const) {
      const answer = await post(path, body);
      const key = path === BULK ? undefined : path.slice(BULK.length + 1);
      expect([answer.status, await answer.json()]).toEqual([
        status,
        { ...(key && { key }), errorCode, errorDetails: expect.any(String) },
      ]);
    }
  });

  it("come all at once, each with its own answer, and only when they changed", async () => {
    await set({ config: { rollout: "percentage", percentage: 10 } });
    const ask = (body: object, headers: Record<string, string>) => post(BULK, body, headers);
    const first = await ask({}, asMember);
    const tag = first.headers.get("etag") ?? "";
    expect(((await first.json()) as { flags: object[] }).flags).toMatchObject([
      { key: KEY, reason: "SPLIT", metadata: { bucket: expect.any(Number) } },
      { key: PORTAL, variant: expect.any(String) },
    ]);
    for (const known of [tag, `W/${tag}`, `"another", ${tag}`]) {
      const again = await ask({}, { ...asMember, "if-none-match": known });
      expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, tag, ""]);
    }

    const machine = await ask({ context: { tenantId } }, { ...operators, "if-none-match": tag });
    expect(machine.status).toBe(200);
    expect(await machine.json()).toMatchObject({
      flags: [{ key: KEY, errorCode: "TARGETING_KEY_MISSING" }, { key: PORTAL }],
    });

    await set({ enabled: false });
    const changed = await ask({}, { ...asMember, "if-none-match": tag });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ flags: [{ key: KEY, value: false, reason: "DISABLED" }, {}] });
    expect(changed.headers.get("etag")).not.toBe(tag);
    expect(changed.headers.get("cache-control")).toBe("private, no-cache");
  });

  it("say what a client may do", async () => {
    const answer = await fetch(`${server.url}/ofrep/v1/configuration`, { headers: asMember });
    expect(await answer.json()).toMatchObject({ capabilities: { flagEvaluation: { supportedTypes: ["boolean"] } } });
    const headers = { ...asMember, "if-none-match": answer.headers.get("etag") ?? "" };
    expect((await fetch(`${server.url}/ofrep/v1/configuration`, { headers })).status).toBe(304);
    expect((await fetch(`${server.url}/ofrep/v1/elsewhere`, { headers })).status).toBe(404);
  });
});
