import { emptyServerDatabase } from "@tessera/db/testing";
import { parseCode } from "@tessera/domain/qr/token";
import { createTessera, type IssuedCode, type Tessera } from "@tessera/sdk/node";
import { describeWith, postgres } from "@tessera/vitest/services";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, startApi } from "./src/api-process.ts";
import { demoPeople } from "./src/demo-people.ts";

/** What must be nowhere but with its holder: a code in any spelling of its secret, a desk's token. */
interface Secret {
  name: string;
  spellings: string[];
}

describeWith(postgres, "after a day's work, with the log wide open", () => {
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let api: ApiProcess;
  let log = "";
  let ask: pg.Client;
  const secrets: Secret[] = [];

  beforeAll(async () => {
    if (!postgres.available) return;
    database = await emptyServerDatabase(postgres.url);
    const here = new URL(postgres.url);
    here.pathname = new URL(database.url).pathname;
    api = await startApi({
      DATABASE_URL: database.url,
      TESSERA_SECRET: "the secret of a leak, thirty-two or more",
      TESSERA_DEMO: "true",
      TESSERA_RATE_LIMITS: "off",
      LOG_LEVEL: "debug",
    });
    for (const stream of [api.child.stdout, api.child.stderr]) stream?.on("data", (text) => (log += text));
    ask = new pg.Client({ connectionString: here.href });
    await ask.connect();
    await aDaysWork();
  });
  afterAll(async () => {
    await ask?.end();
    await api?.stop();
    await database?.drop();
  });

  /** Codes of each kind: shown, used, used again, cancelled, held ready, mistyped; and a call that fails inside. */
  async function aDaysWork(): Promise<void> {
    const { member, deskToken } = await demoPeople(api.url);
    const { member: operator } = await demoPeople(api.url, "operator@library.example");
    const desk = createTessera({ url: api.url, token: deskToken });
    secrets.push({ name: "the token of a desk", spellings: [deskToken] });
    for (const codeKind of ["compact", "signed", "rotating"] as const) {
      await operator.api.tenant.saveSettings.mutate({ codeKind, offlinePolicy: "open" });
      for (const thing of ["Cordless drill", "Tile cutter", "Circular saw"]) {
        const code = await codeFor(member, thing);
        secrets.push(secretOf(code));
        await desk.redeem(code.text);
        await desk.redeem(code.text);
        await desk.redeem(`${code.text}0`);
        await desk.api.qr.preview.query({ text: code.text });
        await member.api.qr.invalidate.mutate({ codeId: code.codeId });
      }
      await desk.api.qr.lease.mutate({});
      await ask.query("UPDATE checkouts SET returned_at = now() WHERE returned_at IS NULL");
    }
    await operator.api.tenant.saveSettings.mutate({ codeKind: "compact", offlinePolicy: "leased" });
    await ask.query("ALTER FUNCTION redeem_codes RENAME TO redeem_codes_gone");
    const { text } = await codeFor(member, "Cordless drill");
    await desk.redeem(text, { tries: 1 }).catch(() => {}); // a fault of ours: its words go to the log
    await ask.query("ALTER FUNCTION redeem_codes_gone RENAME TO redeem_codes");
    await Promise.all([member, operator, desk].map((client) => client.close()));
  }

  it("no secret stands in the log (T9)", () => {
    expect(log).toContain("a call failed"); // it was written to
    expect(found(log)).toEqual([]);
  });

  it("no secret stands in the database: a stolen copy opens nothing (T9, T10)", async () => {
    expect(found(await dumped())).toEqual([]);
  });

  it("would be found if one did", async () => {
    const [, code] = secrets;
    await ask.query("UPDATE resources SET description = $1", [code?.spellings[0]]);
    expect(found(await dumped())).toEqual([code?.name]);
  });

  const found = (text: string): string[] =>
    secrets.filter(({ spellings }) => spellings.some((one) => text.includes(one))).map(({ name }) => name);

  async function dumped(): Promise<string> {
    const { rows } = await ask.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    );
    const tables = [];
    for (const { name } of rows) {
      const whole = await ask.query<{ text: string | null }>(
        `SELECT string_agg(t::text, ' ') AS text FROM "${name}" t`,
      );
      tables.push(whole.rows[0]?.text ?? "");
    }
    expect(tables.join("").length).toBeGreaterThan(10_000);
    return tables.join("\n");
  }
});

async function codeFor(member: Tessera, name: string): Promise<IssuedCode> {
  const resource = (await member.api.resource.list.query()).find((one) => one.name === name);
  const outcome = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: resource?.id ?? "" });
  if (outcome.kind !== "issued") throw new Error(`no code for ${name}: ${outcome.refusal.reason}`);
  return outcome;
}

function secretOf({ text, codeId, stepSecret }: IssuedCode): Secret {
  const parsed = parseCode(text);
  const part = typeof parsed === "string" ? null : Buffer.from(parsed.secretPart);
  const spellings = part ? [part.toString("hex"), part.toString("base64"), part.toString("base64url")] : [];
  return { name: `code ${codeId}`, spellings: [text, ...spellings, ...(stepSecret ? [stepSecret] : [])] };
}
