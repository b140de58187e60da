import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TenantId } from "@tessera/contracts";
import { type AuditLog, exportPage, verifyJournal } from "@tessera/domain/journal/audit-log";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sealDay, sealSigner } from "../stores/seals.ts";
import { builders, embeddedForTest, inTenant, scopeOf, type TestDatabase } from "../testing.ts";
import { auditOf } from "./audit.ts";

const SCRIPTS = fileURLToPath(new URL("../../../../tooling/audit/", import.meta.url));
const DAY = new Date("2026-11-22T03:00:00Z");
const NEXT_DAY = new Date("2026-11-23T03:00:00Z");
const signer = sealSigner("a secret of thirty-two letters or more");
const keys = [signer.publicKey];

/** Ends a line here or there, or moves the cursor of a terminal. */
const HOSTILE = 'Front\r\ndesk \u001b[2J\u009b31m \u0085\u2028\u2029 " \\ \u{1f511}';

describe("the audit of a journal", () => {
  let database: TestDatabase;
  let tenant: TenantId;
  let log: AuditLog;
  let folder: string;

  beforeAll(async () => {
    database = await embeddedForTest();
    folder = await mkdtemp(join(tmpdir(), "tessera-audit-"));
    tenant = await builders(database).tenant({ slug: "audited", name: "Audited" });
    log = auditOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)));
    for (let number = 1; number <= 5; number++) await happen(`${HOSTILE} ${number}`);
    await relay();
    expect(await sealDay(database, signer, DAY)).toEqual({ sealed: 1, broken: [] });
    await database.hot.query("CREATE TABLE kept AS SELECT * FROM journal");
    await database.hot.query("CREATE TABLE kept_heads AS SELECT * FROM stream_heads");
    await database.hot.query("CREATE TABLE kept_seals AS SELECT * FROM journal_seals");
  });
  afterAll(async () => {
    await database?.close();
    if (folder) await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await asInsider("DELETE FROM journal", "INSERT INTO journal SELECT * FROM kept");
    await asInsider("DELETE FROM stream_heads", "INSERT INTO stream_heads SELECT * FROM kept_heads");
    await asInsider("DELETE FROM journal_seals", "INSERT INTO journal_seals SELECT * FROM kept_seals");
  });

  const happen = (name: string) =>
    database.hot.query(
      `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload)
       VALUES ($1, 'device.paired', $2, 0, $3, $4, $5, $6)`,
      [tenant, randomUUID(), randomUUID(), randomUUID(), randomUUID(), { name }],
    );
  const relay = () => database.hot.query("SELECT count(*) FROM relay_outbox(500)");

  /** The embedded database's one login is its superuser: nothing is forbidden, and the triggers can be switched off. */
  async function asInsider(...statements: string[]): Promise<void> {
    await database.hot.query(
      "ALTER TABLE journal DISABLE TRIGGER USER; ALTER TABLE journal_seals DISABLE TRIGGER USER",
    );
    for (const statement of statements) await database.hot.query(statement);
    await database.hot.query("ALTER TABLE journal ENABLE TRIGGER USER; ALTER TABLE journal_seals ENABLE TRIGGER USER");
  }

  /** What the auditor's script says of the file that `audit.export` gives. */
  async function scriptSays(key: string = signer.publicKey): Promise<string> {
    const { rows, head } = await exportPage(log, 0);
    const seals = await log.seals();
    const lines = [
      ...rows.map((row) => ({ row })),
      ...seals.map((seal) => ({ seal })),
      { head: { tenantId: tenant, ...head } },
    ];
    const file = join(folder, "journal.ndjson");
    await writeFile(file, lines.map((line) => JSON.stringify(line)).join("\n"));
    return run("verify-journal.mjs", file, "--key", key);
  }

  const run = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [join(SCRIPTS, script), ...args], {
      env: { ...process.env, DATABASE_URL: database.url },
    }).then(
      ({ stdout }) => stdout,
      (failed: { code: number; stdout: string }) => `${failed.code} ${failed.stdout}`,
    );

  it("says that an untouched journal is intact, in the product and in the auditor's own script", async () => {
    expect(await verifyJournal(log, keys)).toEqual({ kind: "intact", upTo: 5, seals: 1 });
    expect(await scriptSays()).toBe(`INTACT  tenant ${tenant}: 5 entries, 1 seals\n`);
  });

  it("gives an auditor the same file from the database itself", async () => {
    const lines = (await run("export-journal.mjs", "--tenant", "audited")).trimEnd().split(/[\n\r\u0085\u2028\u2029]/u);
    const parsed = lines.map((line) => JSON.parse(line));
    const { rows, seals, head } = await exportPage(log, 0);
    expect(parsed).toEqual([
      ...rows.map((row) => ({ row })),
      ...seals.map((seal) => ({ seal })),
      { head: { tenantId: tenant, ...head } },
    ]);
  });

  it("keeps every letter of a text, whatever it would do to a terminal", async () => {
    const { entries } = await log.list({ after: 0, limit: 200 });
    expect(entries[0]?.payload).toEqual({ name: `${HOSTILE} 1` });
    expect(JSON.parse((await log.rows(0, 1))[0]?.payload ?? "")).toEqual({ name: `${HOSTILE} 1` });
  });

  it("names the entry in which one byte of any column was changed", async () => {
    const { rows: columns } = await database.hot.query<{ column_name: string; data_type: string }>(
      "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'journal'",
    );
    expect(columns.length).toBeGreaterThanOrEqual(12);

    for (const { column_name: column, data_type: type } of columns) {
      await asInsider(`UPDATE journal SET ${column} = ${oneByteOf(column, type)} WHERE seq = 3`);
      expect(await verifyJournal(log, keys), column).toMatchObject({ kind: "broken", seq: 3 });
      expect(await scriptSays(), column).toMatch(new RegExp(`^1 BROKEN {2}tenant ${tenant}, entry 3: `));
      await asInsider("DELETE FROM journal", "INSERT INTO journal SELECT * FROM kept");
    }
  }, 120_000);

  it.each([
    ["an entry in the middle", "DELETE FROM journal WHERE seq = 2", 2],
    ["the last entry", "DELETE FROM journal WHERE seq = 5", 5],
    ["all of it", "DELETE FROM journal", 1],
  ])("names the first entry that is missing: %s", async (_what, statement, seq) => {
    await asInsider(statement);
    expect(await verifyJournal(log, keys)).toEqual({ kind: "broken", seq, because: "gap" });
    expect(await scriptSays()).toContain(`entry ${seq}: an entry is missing here`);
  });

  /** The whole chain written anew over another story: every hash is right. */
  async function rewrite(): Promise<void> {
    await asInsider("DELETE FROM journal", "DELETE FROM stream_heads");
    for (let number = 1; number <= 5; number++) await happen(`Forged ${number}`);
    await relay();
  }

  it("is not deceived by a journal that was written anew from its first entry: the seal names it", async () => {
    await rewrite();
    expect(await verifyJournal(log, keys)).toEqual({ kind: "broken", seq: 5, because: "seal" });
    expect(await scriptSays()).toContain("entry 5: it is not what was sealed");
  });

  it("is not deceived by seals that the forger made with another key", async () => {
    await rewrite();
    const forger = sealSigner("another secret of thirty-two letters");
    await asInsider("DELETE FROM journal_seals");
    await sealDay(database, forger, DAY);
    expect(await verifyJournal(log, keys)).toEqual({ kind: "broken", seq: 5, because: "signature" });
    expect(await scriptSays()).toContain("entry 5: its seal was not made with the deployment's key");
  });

  it("would be deceived if nothing had been sealed, which is why there are seals", async () => {
    await rewrite();
    await asInsider("DELETE FROM journal_seals");
    expect(await verifyJournal(log, keys)).toEqual({ kind: "intact", upTo: 5, seals: 0 });
  });

  it("notices that a sealed journal was cut short, head and all", async () => {
    await asInsider(
      "DELETE FROM journal WHERE seq > 3",
      "UPDATE stream_heads SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
    );
    expect(await verifyJournal(log, keys)).toEqual({ kind: "broken", seq: 4, because: "seal" });
    expect(await scriptSays()).toContain("entry 4: an entry that was sealed is not here");
  });

  it("seals a journal once a day, and only when it has grown", async () => {
    expect(await sealDay(database, signer, DAY)).toEqual({ sealed: 0, broken: [] });
    expect(await sealDay(database, signer, NEXT_DAY)).toEqual({ sealed: 0, broken: [] });
    await happen("Desk 6");
    await relay();
    expect(await sealDay(database, signer, NEXT_DAY)).toEqual({ sealed: 1, broken: [] });
    expect(await verifyJournal(log, keys)).toEqual({ kind: "intact", upTo: 6, seals: 2 });
  });

  it("puts no seal under a journal that was changed since the last one", async () => {
    await happen("Desk 6");
    await relay();
    await asInsider("UPDATE journal SET type = 'device.blocked' WHERE seq = 6");
    expect(await sealDay(database, signer, NEXT_DAY)).toEqual({
      sealed: 0,
      broken: [{ tenantId: tenant, seq: 6, because: "hash" }],
    });
  });

  it.each(["UPDATE journal_seals SET day = day", "DELETE FROM journal_seals", "TRUNCATE journal_seals"])(
    "keeps seals that even the owner cannot change: %s",
    async (statement) => {
      await expect(database.hot.query(statement)).rejects.toThrow("append only");
    },
  );

  it("is read a page at a time, and by kind or thing", async () => {
    const first = await log.list({ after: 0, limit: 2 });
    expect(first.entries.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(first.next).toBe(2);
    const last = await log.list({ after: 3, limit: 2 });
    expect(last).toMatchObject({ entries: [{ seq: 4 }, { seq: 5 }], next: null });
    expect((await log.list({ after: 0, limit: 2, type: "code.redeemed" })).entries).toEqual([]);
    const entityId = first.entries[1]?.entityId ?? "";
    expect((await log.list({ after: 0, limit: 2, entityId })).entries).toEqual([first.entries[1]]);
  });
});

/** An expression: the column with one byte of it changed. */
function oneByteOf(column: string, type: string): string {
  const edits: Record<string, string> = {
    uuid: `(left(${column}::text, 35) || CASE right(${column}::text, 1) WHEN '0' THEN '1' ELSE '0' END)::uuid`,
    bigint: `${column} # 64`,
    bytea: `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`,
    text: `overlay(${column} placing '_' from 2 for 1)`,
    jsonb: `replace(${column}::text, 'Front', 'Frost')::jsonb`,
    "timestamp with time zone": `${column} + interval '1 microsecond'`,
  };
  const edit = edits[type];
  if (!edit) throw new Error(`the column ${column} is of a type (${type}) that this test cannot edit yet`);
  return edit;
}
