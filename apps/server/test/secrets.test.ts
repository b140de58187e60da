import { emptyServerDatabase } from "@tessera/db/testing";
import { rotatingText, stepKeyOf } from "@tessera/domain/qr/rotating-code";
import { stepAt } from "@tessera/domain/qr/step";
import { parseCode } from "@tessera/domain/qr/token";
import { newScanId, type Tessera } from "@tessera/sdk/node";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWithAll, postgres, redis } from "@tessera/vitest/services";
import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openLog } from "../src/log.ts";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, serverOf } from "./support/running-server.ts";

const SECRETS = {
  TESSERA_SECRET: "a secret that is thirty-two or more",
  TESSERA_METRICS_TOKEN: "a token for who watches",
  TESSERA_ADMIN_TOKEN: "a token for who operates, thirty-two or more",
};

describeWithAll([postgres, redis], "what a server gave out and was told in confidence", () => {
  let server: RunningServer;
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let redisServer: RedisServer;
  const log: string[] = [];
  /** Everything that opens something, by what it is. */
  const secrets = new Map<string, string>(Object.entries(SECRETS));

  beforeAll(async () => {
    database = await emptyServerDatabase(postgres.available ? postgres.url : "");
    redisServer = await startRedis();
    const settings = { DATABASE_URL: database.url, REDIS_URLS: redisServer.url, TESSERA_DEMO: "true", ...SECRETS };
    server = await serverOf(readConfig(settings, []), {}, openLog("debug", { write: (line) => void log.push(line) }));
    await liveThrough();
  });
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
    await redisServer?.stop();
  });

  /** A day at the desk, with everything that can go wrong with a secret on the way. */
  async function liveThrough(): Promise<void> {
    secrets.set("a password", "tessera-demo");
    const cookie = await server.cookieOf("member@library.example");
    secrets.set("a session", decodeURIComponent(cookie.split("; ")[0]?.split("=")[1] ?? ""));
    const member = await server.signedIn("member@library.example");
    const staff = await server.signedIn("staff@library.example");
    const admin = await server.signedIn("admin@library.example");
    const { pairingCode } = await staff.api.device.invite.mutate({ name: "A desk" });
    secrets.set("a pairing code", pairingCode);
    const paired = await server.stranger().api.device.pair.mutate({ pairingCode });
    if (paired.kind !== "paired") throw new Error("the desk could not be paired");
    secrets.set("a desk's token", paired.token);
    const desk = server.deskOf(paired.token);

    for (const codeKind of ["compact", "signed", "rotating"] as const) {
      await admin.api.tenant.saveSettings.mutate({ codeKind, offlinePolicy: "leased" });
      const free = (await member.api.resource.list.query()).filter(({ availability }) => availability.state === "free");
      for (const [index, use] of (["redeemed", "misused", "left alone"] as const).entries()) {
        const resourceId = free[index]?.id ?? "";
        const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId });
        if (issued.kind !== "issued") throw new Error(`no ${codeKind} code to be ${use}`);
        const { text, stepSecret } = issued;
        const key = stepSecret && (await stepKeyOf(new Uint8Array(Buffer.from(stepSecret, "base64url"))));
        const shown = key ? await rotatingText(text, key, stepAt(new Date())) : text;
        secrets.set(`a ${codeKind} code that was ${use}`, shown);
        if (stepSecret) secrets.set(`a step secret of one that was ${use}`, stepSecret);
        if (use === "redeemed") expect((await desk.redeem(shown)).kind).toBe("redeemed");
        if (use === "misused") await misuse(shown, paired.token);
      }
    }
    await desk.api.qr.lease.mutate({});
    await faultWith(secrets.get("a compact code that was left alone") ?? "", desk);
    await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ email: "member@library.example", password: "a wrong password that was nearly right" }),
    });
    secrets.set("a wrong password", "a wrong password that was nearly right");
    await member.close();
  }

  /** A fault of ours, in the middle of a redemption: its words go to the log. */
  async function faultWith(text: string, desk: Tessera): Promise<void> {
    await asSuperuser((root) => root.query("ALTER FUNCTION redeem_codes RENAME TO redeem_codes_gone"));
    await expect(desk.redeem(text, { tries: 1 })).rejects.toThrow();
    await asSuperuser((root) => root.query("ALTER FUNCTION redeem_codes_gone RENAME TO redeem_codes"));
  }

  async function asSuperuser<T>(work: (root: pg.Client) => Promise<T>): Promise<T> {
    const admin = new URL(postgres.available ? postgres.url : "");
    admin.pathname = new URL(database.url).pathname;
    const root = new pg.Client({ connectionString: admin.href });
    await root.connect();
    try {
      return await work(root);
    } finally {
      await root.end();
    }
  }

  /** Where nothing of it belongs. */
  async function misuse(text: string, token: string): Promise<void> {
    const json = { "content-type": "application/json", authorization: `Bearer ${token}` };
    await fetch(`${server.url}/trpc/qr.preview?input=${encodeURIComponent(JSON.stringify({ text, and: token }))}`, {
      headers: json,
    });
    await fetch(`${server.url}/${encodeURIComponent(token)}?code=${text}`);
    await fetch(`${server.url}/admin/feature-flags/%E0%A4%A?token=${token}`); // a fault, which is logged
    for (const body of [JSON.stringify({ scanId: text, text: token }), `{"scanId": ${text}`, JSON.stringify([text])])
      await fetch(`${server.url}/trpc/qr.redeem`, { method: "POST", headers: json, body });
    const { socket, say, until } = await rawSocket(server.url, { token });
    say({
      id: 1,
      method: "mutation",
      params: { path: "qr.redeem", input: { scanId: newScanId(), text, source: token } },
    });
    await until((message) => message.includes('"id":1'));
    say({ id: 2, method: "query", params: { path: token, input: text } });
    await until((message) => message.includes('"id":2'));
    socket.close();
  }

  /** As it may be written down: itself, as bytes are shown, and encoded. */
  const spellings = (secret: string): string[] => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("hex"),
    Buffer.from(secret).toString("base64url"),
  ];

  /** Under which names a text holds what it must not. */
  function heldBy(text: string): string[] {
    const lower = text.toLowerCase();
    return [...secrets]
      .filter(([, secret]) => spellings(secret).some((spelling) => lower.includes(spelling.toLowerCase())))
      .map(([what]) => what);
  }

  const dump = (): Promise<string> =>
    asSuperuser(async (root) => {
      const tables = await root.query<{ name: string }>(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
      );
      const rows: string[] = [];
      for (const { name } of tables.rows) {
        const found = await root.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
        rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
      }
      return rows.join("\n");
    });

  it("was a full day: there is something to be found", () => {
    expect(secrets.size).toBeGreaterThan(15);
    expect(heldBy(`x ${secrets.get("a desk's token")} x`)).toEqual(["a desk's token"]); // a planted one is found
    expect(heldBy(Buffer.from(secrets.get("a pairing code") ?? "").toString("hex"))).toEqual(["a pairing code"]);
  });

  it("is in no line of the log, even of the most talkative", () => {
    expect(log.join("")).toMatch(/a request failed.*a call failed|a call failed.*a request failed/s);
    expect(heldBy(log.join(""))).toEqual([]);
  });

  it("is in no row of any table, the journal included: who reads the database can redeem, sign in and pair with nothing", async () => {
    const everything = await dump();
    expect(everything.split("\n").length).toBeGreaterThan(100);
    expect(everything).toContain("code.issued"); // the journal is in it
    expect(heldBy(everything)).toEqual([]);
  });

  it("cannot be made from what the database holds: not even the secret part of a code is there", async () => {
    const everything = await dump();
    for (const [what, text] of secrets) {
      if (!what.includes(" code that was")) continue;
      const code = parseCode(text);
      if (typeof code === "string") throw new Error(`${what} is ${code}`);
      for (const spelling of ["hex", "base64", "base64url"] as const) {
        const isThere = everything.includes(Buffer.from(code.secretPart).toString(spelling));
        expect({ what, spelling, isThere }).toEqual({ what, spelling, isThere: false });
      }
    }
  });

  it("is in no key and no value of Redis", async () => {
    const client = new Redis(redisServer.url);
    const keys = await client.keys("*");
    const values = await Promise.all(keys.map((key) => client.dump(key)));
    client.disconnect();
    expect(keys.some((key) => key.startsWith("tessera:limit:scan:code:"))).toBe(true);
    expect(heldBy([...keys, ...values].join("\n"))).toEqual([]);
    expect(keys.join("\n")).not.toContain("library.example");
  });
});
