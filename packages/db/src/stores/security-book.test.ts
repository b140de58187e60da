import type { AlertId, DeviceId, MemberId, TenantId } from "@tessera/contracts";
import type { Suspicion } from "@tessera/domain/suspicion/notebook";
import type { SecurityBook } from "@tessera/domain/suspicion/security-book";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tidyUp } from "../housekeeping.ts";
import { builders, embeddedForTest, inTenant, scopeOf, serverDatabaseForTest, type TestDatabase } from "../testing.ts";
import { platformSecurity, securityOf } from "./security-book.ts";
import { securityDesk } from "./security-desk.ts";

const NOON = new Date("2026-11-27T12:00:00.000Z");
const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const SERVER = process.env.TEST_DATABASE_URL;
const databases: Array<[string, () => Promise<TestDatabase>]> = [["on the embedded database", embeddedForTest]];
if (SERVER) databases.push(["on a real PostgreSQL", () => serverDatabaseForTest(SERVER)]);

describe.each(databases)("security, as it is written down %s,", (_on, open) => {
  let database: TestDatabase;
  let tenant: TenantId;
  let book: SecurityBook;
  let admin: MemberId;
  let count = 0;

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    count += 1;
    tenant = await builders(database).tenant({ slug: `safe-${count}`, name: `Safe ${count}` });
    admin = await builders(database).member(tenant, { name: "Ada", role: "admin" });
    book = securityOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)), () => {});
  });

  const desk = () => securityDesk(database, () => {});
  const suspicion = (more: Partial<Suspicion> = {}): Suspicion => ({
    kind: "failed_validations",
    tenantId: tenant,
    subject: { kind: "desk", id: "00000000-0000-4000-8000-00000000000d" as DeviceId },
    severity: "warning",
    evidence: { name: "Front desk", seen: { not_found: 5 }, addresses: ["203.0.113.7"], elsewhere: [] },
    firstAt: NOON,
    lastAt: at(1),
    count: 5,
    ...more,
  });
  /** As the superuser: the product's role reads no outbox. */
  async function told(): Promise<[string, unknown][]> {
    const { rows } = await database.hot.query<{ type: string; payload: unknown }>(
      "SELECT type, payload FROM told_of($1)",
      [tenant],
    );
    return rows.map(({ type, payload }) => [type, payload]);
  }
  beforeAll(async () => {
    await database.asSuperuser(`CREATE FUNCTION told_of(uuid) RETURNS TABLE (type text, payload jsonb) LANGUAGE sql SECURITY DEFINER
      AS $$ SELECT type, payload FROM outbox WHERE tenant_id = $1 ORDER BY id $$`);
    await database.asSuperuser(`CREATE FUNCTION signalled(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER
      AS $$ SELECT count(*) FROM signals WHERE source = $1 $$`);
  });
  const signalsOf = async (id: string) =>
    Number((await database.hot.query<{ n: string }>("SELECT signalled($1) AS n", [id])).rows[0]?.n);

  it("keeps one suspicion as one alert, and says what is new or worse", async () => {
    expect(await desk().raise([suspicion()])).toEqual([{ kind: "failed_validations", severity: "warning" }]);
    expect(await desk().raise([suspicion({ lastAt: at(2), count: 2, severity: "info" })])).toEqual([]);
    expect(await desk().raise([suspicion({ lastAt: at(3), count: 1, severity: "critical" })])).toEqual([
      { kind: "failed_validations", severity: "critical" },
    ]);
    const { alerts } = await book.alerts({});
    expect(alerts).toMatchObject([
      {
        count: 8,
        severity: "critical",
        firstAt: NOON.toISOString(),
        lastAt: at(3).toISOString(),
        acknowledgedAt: null,
      },
    ]);
    expect((await told()).map(([type]) => type)).toEqual(["security.alerted", "security.alerted"]);
    expect(await signalsOf(alerts[0]?.id ?? "")).toBe(1);
  });

  it("tells the breakers of critical ones alone, and of each once", async () => {
    await desk().raise([suspicion()]);
    const id = (await book.alerts({})).alerts[0]?.id ?? "";
    expect(await signalsOf(id)).toBe(0);
    for (let minute = 2; minute < 5; minute++)
      await desk().raise([suspicion({ severity: "critical", lastAt: at(minute) })]);
    expect(await signalsOf(id)).toBe(1);
  });

  it("closes an alert once, for one person; what comes after is a new one", async () => {
    await desk().raise([suspicion()]);
    const [{ id } = { id: "" as AlertId }] = (await book.alerts({})).alerts;
    expect(await Promise.all([book.acknowledge(id, admin), book.acknowledge(id, admin)])).toContain(false);
    expect((await book.alerts({ open: true })).alerts).toEqual([]);
    expect((await book.alerts({ open: false })).alerts).toMatchObject([{ id, acknowledgedAt: expect.any(String) }]);
    expect(await desk().raise([suspicion()])).toHaveLength(1);
    expect((await told()).map(([type]) => type)).toEqual([
      "security.alerted",
      "security.acknowledged",
      "security.alerted",
    ]);
  });

  it("shows open ones first, the newest first, page by page, each once", async () => {
    const subjects = Array.from({ length: 7 }, (_, n) => ({ kind: "address" as const, id: `203.0.113.${n}` }));
    await desk().raise(subjects.map((subject, n) => suspicion({ subject, firstAt: at(n) })));
    const [newest] = (await book.alerts({})).alerts;
    await book.acknowledge(newest?.id as AlertId, admin);
    const seen: string[] = [];
    for (let after: AlertId | undefined, page = 0; page < 4; page++) {
      const { alerts, next } = await book.alerts({ limit: 3, after });
      seen.push(...alerts.map(({ subject }) => subject.id.slice(-1)));
      if (!next) break;
      after = next;
    }
    expect(seen.join("")).toBe("5432106");
    expect((await book.alerts({ severity: "critical" })).alerts).toEqual([]);
  });

  it("keeps what strangers do apart from every tenant's, and a tenant's from every other", async () => {
    const subject = { kind: "address" as const, id: `203.0.113.${count}` };
    await desk().raise([suspicion({ tenantId: null, kind: "failed_sign_ins", subject }), suspicion()]);
    const platform = platformSecurity(database, () => {});
    expect((await platform.alerts({})).alerts).toMatchObject([{ kind: "failed_sign_ins", subject }]);
    expect((await book.alerts({})).alerts).toMatchObject([{ kind: "failed_validations" }]);
    const other = await builders(database).tenant({ slug: `other-${count}`, name: "Other" });
    const theirs = securityOf(scopeOf(other), inTenant(database, scopeOf(other)), () => {});
    const [mine] = (await book.alerts({})).alerts;
    expect(await theirs.acknowledge(mine?.id as AlertId, admin)).toBe(false);
    expect(await theirs.alerts({ after: mine?.id })).toEqual({ alerts: [], next: null });
    await platform.acknowledge((await platform.alerts({})).alerts[0]?.id as AlertId, admin);
  });

  it("blocks an address, for another reason the second time, and lifts it; the journal has all of it", async () => {
    const address = "203.0.113.7";
    await book.block({ address, because: "it tries codes", until: null }, admin);
    expect(await book.block({ address, because: "for an hour", until: at(60) }, admin)).toMatchObject({
      because: "for an hour",
      until: at(60).toISOString(),
    });
    expect(await book.blocked(NOON)).toMatchObject([{ address, blockedBy: admin }]);
    expect(await book.blocked(at(60))).toEqual([]);
    expect(await desk().blocks()).toContainEqual({ tenantId: tenant, address, until: at(60) });
    expect(await book.unblock(address, admin)).toBe(true);
    expect(await book.unblock(address, admin)).toBe(false);
    expect(await told()).toEqual([
      ["address.blocked", { address, because: "it tries codes", until: null }],
      ["address.blocked", { address, because: "for an hour", until: at(60).toISOString() }],
      ["address.unblocked", { address }],
    ]);
  });

  it("is tidied up: alerts go after ninety days, and blocks when their time is over, which is in the journal", async () => {
    await desk().raise([suspicion()]);
    await book.block({ address: "203.0.113.7", because: "for an hour", until: at(60) }, admin);
    await book.block({ address: "203.0.113.8", because: "for good", until: null }, admin);
    expect((await tidyUp(database, at(61))).security).toBe(1);
    expect(await book.blocked(NOON)).toMatchObject([{ address: "203.0.113.8" }]);
    expect((await told()).at(-1)).toEqual(["address.unblocked", { address: "203.0.113.7" }]);
    expect((await book.alerts({})).alerts).toHaveLength(1);
    await tidyUp(database, at(91 * 24 * 60));
    expect((await book.alerts({})).alerts).toEqual([]);
  });

  it("tells every tenant of what operators block for everybody", async () => {
    const platform = platformSecurity(database, () => {});
    const address = `198.51.100.${count}`;
    await platform.block({ address, because: "a flood", until: null }, admin);
    expect(await desk().blocks()).toContainEqual({ tenantId: null, address, until: null });
    expect(await book.blocked(NOON)).toEqual([]);
    expect(await told()).toEqual([
      ["address.blocked", { address, because: "a flood", until: null, everywhere: true, by: admin }],
    ]);
    await platform.unblock(address, admin);
  });
});
