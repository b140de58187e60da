import { randomUUID } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builders, embeddedForTest, serverDatabaseForTest, type TestDatabase } from "../testing.ts";
import { type Deliveries, openDeliveries, pauseAfter } from "./deliveries.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);

/** Two workers truly meet only where there are two connections. */
const SERVER = process.env.TEST_DATABASE_URL;
const databases: Array<[string, () => Promise<TestDatabase>]> = [["on the embedded database", embeddedForTest]];
if (SERVER) databases.push(["on a real PostgreSQL", () => serverDatabaseForTest(SERVER)]);

describe.each(databases)("deliveries %s", (_on, open) => {
  let database: TestDatabase;
  let deliveries: Deliveries;
  let tenants = 0;

  beforeAll(async () => {
    database = await open();
    deliveries = openDeliveries(database);
  });
  afterAll(() => database?.close());

  /** A tenant whose journal reaches `entries`; a consumer of its own. */
  async function tenantWith(entries: number): Promise<{ tenant: TenantId; consumer: string }> {
    const number = ++tenants;
    const tenant = await builders(database).tenant({ slug: `tenant-${number}`, name: `Tenant ${number}` });
    await happen(tenant, entries);
    return { tenant, consumer: `webhooks/${number}` };
  }

  async function happen(tenant: TenantId, entries: number, type = "device.paired"): Promise<void> {
    const client = await database.hot.connect();
    await client.query("BEGIN; SET LOCAL ROLE tessera_app");
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenant]);
    for (let entry = 0; entry < entries; entry++) {
      await client.query(
        "INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES ($1, $2, $3, 0, $4)",
        [tenant, type, randomUUID(), { name: "Desk" }],
      );
    }
    await client.query("COMMIT");
    client.release();
    await database.hot.query("SELECT count(*) FROM relay_outbox(500)");
  }

  const seqsOf = (claimed: { event: { seq: number } }[]) => claimed.map(({ event }) => event.seq);

  it("gives a consumer what happens from its subscription on, in the order of the journal", async () => {
    const { tenant, consumer } = await tenantWith(2);
    await deliveries.subscribe(tenant, consumer);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    await happen(tenant, 3);
    const claimed = await deliveries.claimDeliveries(consumer, 10, NOON);
    expect(seqsOf(claimed)).toEqual([3, 4, 5]);
    expect(claimed[0]).toMatchObject({
      tenant,
      attempt: 1,
      event: { type: "device.paired", payload: { name: "Desk" } },
    });
  });

  it("gives the whole journal to one who asks for it, and only the kinds that were asked for", async () => {
    const { tenant, consumer } = await tenantWith(2);
    await happen(tenant, 1, "code.revoked");
    await deliveries.subscribe(tenant, consumer, { after: 0, types: ["device.paired"] });
    expect(seqsOf(await deliveries.claimDeliveries(consumer, 10, NOON))).toEqual([1, 2]);
  });

  it("is done with what was delivered, and never gives it again", async () => {
    const { tenant, consumer } = await tenantWith(1);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    const [delivery] = await deliveries.claimDeliveries(consumer, 10, NOON);
    expect(delivery && (await deliveries.delivered(delivery, NOON))).toBe(true);
    expect(await deliveries.claimDeliveries(consumer, 10, later(86_400))).toEqual([]);
  });

  it("gives each delivery to exactly one of many workers", async () => {
    const { tenant, consumer } = await tenantWith(40);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    const worker = async () => {
      const mine: number[] = [];
      for (let turn = 0; turn < 10; turn++) mine.push(...seqsOf(await deliveries.claimDeliveries(consumer, 5, NOON)));
      return mine;
    };
    const claimed = (await Promise.all([worker(), worker(), worker(), worker()])).flat();
    expect(claimed.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it("gives a silent worker's delivery to another after a minute, and does not hear the first any more", async () => {
    const { tenant, consumer } = await tenantWith(1);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    const [first] = await deliveries.claimDeliveries(consumer, 1, NOON);
    expect(await deliveries.claimDeliveries(consumer, 1, later(59))).toEqual([]);
    const [second] = await deliveries.claimDeliveries(consumer, 1, later(60));
    expect(second).toMatchObject({ attempt: 2, event: first?.event });
    expect(first && (await deliveries.delivered(first, later(61)))).toBe(false);
    expect(second && (await deliveries.delivered(second, later(61)))).toBe(true);
  });

  it("tries again after pauses that double, and gives up after ten attempts", async () => {
    const { tenant, consumer } = await tenantWith(1);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    let now = NOON;
    for (let attempt = 1; attempt <= 10; attempt++) {
      const [delivery] = await deliveries.claimDeliveries(consumer, 1, now);
      expect(delivery).toMatchObject({ attempt });
      if (delivery) await deliveries.failed(delivery, "the other side said 500", now);
      const pause = pauseAfter(attempt) ?? 0;
      if (attempt < 10)
        expect(await deliveries.claimDeliveries(consumer, 1, new Date(now.getTime() + pause - 1))).toEqual([]);
      now = new Date(now.getTime() + pause);
    }
    expect(await deliveries.claimDeliveries(consumer, 1, later(86_400))).toEqual([]);
    expect(await deadOf(consumer)).toEqual([{ seq: "1", attempts: 10, because: "the other side said 500" }]);
  });

  it("gives up a delivery whose workers all died of it", async () => {
    const { tenant, consumer } = await tenantWith(1);
    await deliveries.subscribe(tenant, consumer, { after: 0 });
    for (let attempt = 0; attempt < 10; attempt++) await deliveries.claimDeliveries(consumer, 1, later(attempt * 60));
    expect(await deliveries.claimDeliveries(consumer, 1, later(600))).toEqual([]);
    expect(await deadOf(consumer)).toEqual([{ seq: "1", attempts: 10, because: "its worker never answered" }]);
  });

  const deadOf = async (consumer: string) => {
    const client = await database.hot.connect();
    await client.query("BEGIN; SET LOCAL ROLE tessera_relay");
    const sql = "SELECT seq, attempts, because FROM deliveries WHERE consumer = $1 AND dead_at IS NOT NULL";
    const { rows } = await client.query(sql, [consumer]);
    await client.query("COMMIT");
    client.release();
    return rows;
  };
});

it("waits 10 seconds first, an hour at most, and not at all after the tenth", () => {
  expect([1, 2, 9, 10].map(pauseAfter)).toEqual([10_000, 20_000, 2_560_000, null]);
});
