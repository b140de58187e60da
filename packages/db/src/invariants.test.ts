import { randomUUID } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "./generated/prisma/client.ts";
import { outboxWaiting, tidyUp } from "./housekeeping.ts";
import { check, checkInvariants, type Invariant, invariants } from "./invariants.ts";
import { breakerBook } from "./stores/breaker-book.ts";
import { sealDay, sealSigner } from "./stores/seals.ts";
import { watchTasks } from "./stores/watch-tasks.ts";
import { builders, embeddedForTest, inRole, type TestDatabase } from "./testing.ts";

const signer = sealSigner("a secret of thirty-two letters or more");
const MINUTE = 60_000;
const NOON = new Date("2026-11-22T12:00:00Z");

describe("the invariants", () => {
  let database: TestDatabase;
  let tenant: TenantId;
  let hour: Date;

  beforeAll(async () => {
    database = await embeddedForTest();
    const build = builders(database);
    tenant = await build.tenant({ slug: "watched", name: "Watched" });
    const member = await build.member(tenant, { name: "Member" });
    const ids: string[] = [];
    for (const name of ["Drill", "Saw"]) ids.push(await build.resource(tenant, { name }));
    for (const resource of ids) await redeemed(member, resource);
    await sql("SELECT count(*) FROM relay_outbox(500)");
    hour = new Date(Date.now() - 60 * MINUTE);
  });
  afterAll(() => database?.close());

  const sql = (text: string, values: unknown[] = []) => database.hot.query(text, values);

  const rowsOf = async (key: string) =>
    (await sql("SELECT count(*)::int AS n FROM flag_traffic WHERE key = $1", [key])).rows[0]?.n;

  /** What a redemption leaves behind, written down by hand: this is about the reading, not about how it came to be. */
  async function redeemed(member: string, resource: string): Promise<void> {
    const [code, checkout, redemption, scan] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await sql(
      `INSERT INTO qr_codes (tenant_id, id, lookup, purpose, holder_id, resource_id, mask, uses, expires_at)
       VALUES ($1, $2, sha256(gen_random_uuid()::text::bytea), 'check_out', $3, $4, 0, 1, now() + interval '1 hour')`,
      [tenant, code, member, resource],
    );
    await sql(
      "INSERT INTO checkouts (tenant_id, id, resource_id, holder_id, out_at, due_at) VALUES ($1, $2, $3, $4, now(), now())",
      [tenant, checkout, resource, member],
    );
    await sql(
      `INSERT INTO redemptions (tenant_id, id, code_id, use_no, scan_id, checkout_id, at)
       VALUES ($1, $2, $3, 1, $4, $5, now())`,
      [tenant, redemption, code, scan, checkout],
    );
    await sql(
      `INSERT INTO scans (tenant_id, scan_id, fingerprint, source, decided_at, outcome)
       VALUES ($1, $2, '\\x00', 'camera', now(), 'redeemed')`,
      [tenant, scan],
    );
    await sql(
      `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, scan_id, payload)
       VALUES ($1, 'code.redeemed', $2, 1, $3, '{}')`,
      [tenant, code, scan],
    );
  }

  const violated = async (since: Date | null) =>
    (await checkInvariants(database, since))
      .filter(({ violations }) => violations > 0)
      .map(({ invariant }) => invariant);

  it("hold for what was redeemed and relayed, in the last hour and ever since", async () => {
    expect(await violated(hour)).toEqual([]);
    expect(await violated(null)).toEqual([]);
  });

  const anyCode = "(SELECT min(id::text)::uuid FROM qr_codes)";
  const unguarded = (table: string) => `ALTER TABLE ${table} DISABLE TRIGGER USER`;
  const planted: Array<[Invariant[], string, string[]]> = [
    [["I1"], "a use that nobody redeemed", [`UPDATE qr_codes SET uses = 0 WHERE id = ${anyCode}`]],
    [["I1"], "a use number that was skipped", [`UPDATE redemptions SET use_no = 2 WHERE code_id = ${anyCode}`]],
    [
      ["I2"],
      "a thing that is out twice",
      [
        "DROP INDEX checkouts_one_open",
        `INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
         SELECT tenant_id, resource_id, holder_id, out_at, due_at FROM checkouts LIMIT 1`,
      ],
    ],
    [["I1", "I6"], "a redemption that is gone", [`DELETE FROM redemptions WHERE code_id = ${anyCode}`]],
    [
      ["I6"],
      "a redemption that was told twice",
      [
        `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, scan_id, payload)
         SELECT tenant_id, type, entity_id, entity_version, scan_id, payload FROM journal LIMIT 1`,
      ],
    ],
    [
      ["I6", "I12"],
      "a redemption that was never told",
      [
        unguarded("journal"),
        "UPDATE journal SET scan_id = NULL WHERE seq = 1",
        "UPDATE journal SET type = 'x' WHERE seq = 1",
      ],
    ],
    [
      ["I6", "I12"],
      "a journal with a gap",
      [unguarded("journal"), "UPDATE stream_heads SET seq = 9", "UPDATE journal SET seq = 9 WHERE seq = 2"],
    ],
    [
      ["I12"],
      "an entry that was changed",
      [unguarded("journal"), "UPDATE journal SET entity_version = 7 WHERE seq = 2"],
    ],
    [["I12"], "a chain that was cut", [unguarded("journal"), "UPDATE journal SET prev_hash = '\\x01' WHERE seq = 2"]],
    [["I12"], "a head that is not the journal's", ["UPDATE stream_heads SET hash = '\\x01'"]],
    [
      ["I12"],
      "a decision that is not in the journal",
      [
        `INSERT INTO scans (tenant_id, scan_id, fingerprint, source, decided_at, outcome, reason)
         SELECT id, gen_random_uuid(), '\\x00', 'camera', now(), 'refused', 'expired' FROM tenants`,
      ],
    ],
  ];

  /** Plants it, looks, and takes it back. */
  async function foundAfter(statements: readonly string[], since: Date | null): Promise<Invariant[]> {
    const found: Invariant[] = [];
    const takenBack = new Error("taken back");
    await database.prisma
      .$transaction(async (tx) => {
        for (const statement of statements) await tx.$executeRaw(Prisma.raw(statement));
        await tx.$executeRaw`SET LOCAL ROLE tessera_operator`;
        for (const invariant of invariants)
          if ((await check(tx, invariant, since)).violations > 0) found.push(invariant);
        throw takenBack;
      })
      .catch((error) => {
        if (error !== takenBack) throw error;
      });
    return found;
  }

  it.each(planted)("%s: finds %s", async (expected, _what, statements) => {
    expect(await foundAfter(statements, null)).toEqual(expected);
    expect(await foundAfter(statements, hour)).toEqual(expected);
  });

  it("give an example to look into", async () => {
    await sql("UPDATE stream_heads SET hash = '\\x01' || hash");
    const finding = (await checkInvariants(database, hour)).find(({ invariant }) => invariant === "I12");
    await sql("UPDATE stream_heads SET hash = substring(hash from 2)");
    expect(finding).toEqual({
      invariant: "I12",
      violations: 1,
      example: `tenant ${tenant} has another head than its journal`,
    });
  });

  it("know how much waits for the relay", async () => {
    expect(await outboxWaiting(database)).toEqual({ waiting: 0, lagSeconds: 0 });
    await sql(
      `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload, at)
       VALUES ($1, 'device.paired', $1, 0, '{}', now() - interval '90 seconds')`,
      [tenant],
    );
    const { waiting, lagSeconds } = await outboxWaiting(database);
    await sql("DELETE FROM outbox");
    expect(waiting).toBe(1);
    expect(lagSeconds).toBeGreaterThanOrEqual(90);
  });

  describe("the work of each hour", () => {
    const scanOf = (age: string) =>
      sql(
        `INSERT INTO scans (tenant_id, scan_id, fingerprint, source, decided_at, outcome, reason)
         SELECT $1, gen_random_uuid(), '\\x00', 'camera', now() - $2::interval, 'refused', 'expired'
           FROM generate_series(1, 1100)`,
        [tenant, age],
      );
    const counted = async (table: string) => (await sql(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n;

    it("forgets scans after thirty days, keeps younger ones and every redemption", async () => {
      const [scans, redemptions] = [await counted("scans"), await counted("redemptions")];
      await scanOf("31 days");
      await scanOf("29 days");
      expect(await tidyUp(database, NOON)).toEqual({ scans: 1100, idempotencyKeys: 0, flagFigures: 0, security: 0 });
      expect(await tidyUp(database, NOON)).toMatchObject({ scans: 0 });
      expect(await counted("scans")).toBe(scans + 1100);
      expect(await counted("redemptions")).toBe(redemptions);
    });

    it("seals each journal once a day", async () => {
      expect(await sealDay(database, signer, NOON)).toEqual({ sealed: 1, broken: [] });
      expect(await sealDay(database, signer, NOON)).toMatchObject({ sealed: 0 });
    });

    it("forgets the answers to repeated calls after a week", async () => {
      const answerOf = (age: string) =>
        sql(
          `INSERT INTO idempotency (tenant_id, caller_id, key, procedure, fingerprint, at)
           VALUES ($1, $1, gen_random_uuid(), 'qr.issue', '\\x00', now() - $2::interval)`,
          [tenant, age],
        );
      await answerOf("8 days");
      await answerOf("6 days");
      expect(await tidyUp(database, NOON)).toMatchObject({ idempotencyKeys: 1 });
      expect(await counted("idempotency")).toBe(1);
    });

    it("forgets what breakers counted six hours ago, and keeps what a window may still hold", async () => {
      const key = "qr-checkout-enabled";
      const hoursAgo = (hours: number) => new Date(NOON.getTime() - hours * 60 * MINUTE);
      const breakers = breakerBook(database, () => {});
      const counted = (slice: Date) => ({ key, slice, tenantId: null, calls: 1, failures: 0 }) as const;
      await breakers.count([counted(hoursAgo(7)), counted(hoursAgo(1))], []);
      await breakers.signal({ kind: "socket_crash", at: hoursAgo(24 * 31), detail: "long ago" }, "a");
      await breakers.signal({ kind: "socket_crash", at: hoursAgo(1), detail: "just now" }, "b");

      expect(await tidyUp(database, NOON)).toMatchObject({ flagFigures: 2 });
      expect((await breakers.traffic(key, hoursAgo(24))).unexposed.calls).toBe(1);
      expect((await sql("SELECT detail FROM signals")).rows).toEqual([{ detail: "just now" }]);
    });

    it("keeps what a running ramp and a try still count, by the hour, and each from where it began", async () => {
      const key = "ff/qr_unified_portal";
      const at = (minutes: number) => new Date(NOON.getTime() - 24 * 60 * MINUTE + minutes * MINUTE);
      const [ramp, retry] = [at(60 * 3 + 20.05), at(60 * 5 + 10)];
      await sql(
        `UPDATE feature_flags SET breaker_state = 'half_open', breaker_share = 1, breaker_since = $1,
          breaker_incident = gen_random_uuid() WHERE key = '${key}'`,
        [retry],
      );
      await sql(
        `INSERT INTO flag_ramps (key, steps, state, step, step_since) VALUES ('${key}', '[]', 'running', 0, $1)`,
        [ramp],
      );
      const breakers = breakerBook(database, () => {});
      const slices = Array.from({ length: 12 * 60 }, (_, minute) => at(minute + 0.5));
      for (const exposed of [tenant, null])
        await breakers.count(
          slices.map((slice) => ({ key, slice, tenantId: exposed, calls: 2, failures: 1 })),
          [],
        );
      const seen = async () => [await breakers.traffic(key, ramp), await breakers.traffic(key, retry)];
      const before = await seen();
      const of = (calls: number) => ({ calls, failures: calls / 2 });
      expect(before[0]).toEqual({ exposed: of(2 * (12 * 60 - 200)), unexposed: of(2 * (12 * 60 - 200)) });

      await tidyUp(database, NOON);
      expect(await seen()).toEqual(before);
      expect(await rowsOf(key)).toBe(2 * (9 + 1)); // nine hours, one of which two began to count in
      await tidyUp(database, NOON);
      expect(await seen()).toEqual(before);

      await sql(`UPDATE flag_ramps SET state = 'paused' WHERE key = '${key}'`);
      await tidyUp(database, NOON);
      expect(await breakers.traffic(key, retry)).toEqual(before[1]);
      expect(await rowsOf(key)).toBe(2 * 7);
      await sql(`DELETE FROM flag_ramps`);
    });

    it("cannot forget a younger scan, whoever asks for it", async () => {
      const deleted = inRole(database, "tessera_operator", (tx) => tx.scan.deleteMany());
      expect(await deleted).toEqual({ count: 0 });
    });
  });

  describe("a recurring task", () => {
    const at = (minutes: number) => new Date(NOON.getTime() + minutes * MINUTE);

    it("is done by one of many processes per turn", async () => {
      const tasks = watchTasks(database);
      const turn = (minutes: number) =>
        Promise.all([1, 2, 3, 4].map(() => tasks.claim("checking", MINUTE, at(minutes))));
      expect((await turn(0)).filter(Boolean)).toHaveLength(1);
      expect((await turn(0.5)).filter(Boolean)).toHaveLength(0);
      expect((await turn(1)).filter(Boolean)).toHaveLength(1);
    });

    it("leaves a report that every process can tell", async () => {
      const tasks = watchTasks(database);
      expect(await tasks.lastReport("nobody's")).toEqual({});
      await tasks.claim("told", MINUTE, NOON);
      await tasks.report("told", { I1: 2 });
      expect(await watchTasks(database).lastReport("told")).toEqual({ I1: 2 });
    });
  });
});
