import { createHash } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRelay } from "./relay.ts";
import { builders, embeddedForTest, inRole, type TestDatabase } from "./testing.ts";

/** A flag's change is news for every tenant: the shortest way to make some. */
const change = (database: TestDatabase, description: string) =>
  inRole(database, "tessera_operator", (tx) =>
    tx.featureFlag.updateMany({ where: { key: "qr-checkout-enabled" }, data: { description } }),
  );

describe("the relay", () => {
  let database: TestDatabase;
  let tenants: TenantId[];

  beforeAll(async () => {
    database = await embeddedForTest();
    const build = builders(database);
    tenants = [await build.tenant({ slug: "one", name: "One" }), await build.tenant({ slug: "two", name: "Two" })];
  });
  afterAll(() => database?.close());

  const journal = async (tenant: TenantId) =>
    (
      await database.hot.query(
        `SELECT tenant_id, seq, prev_hash, hash, type, entity_id, entity_version, actor_id, device_id, scan_id,
                to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, payload::text AS payload
           FROM journal WHERE tenant_id = $1 ORDER BY seq`,
        [tenant],
      )
    ).rows;

  it("numbers each tenant's events without a gap, tells them, and leaves the outbox empty", async () => {
    const told = new Map<TenantId, News[]>();
    for (let round = 1; round <= 5; round++) await change(database, `round ${round}`);
    const relay = startRelay(database, {
      everyMs: 60_000,
      onTrouble: (cause) => {
        throw cause;
      },
      onNews: (tenant, news) => told.set(tenant, [...(told.get(tenant) ?? []), news]),
    });
    relay.poke();
    await relay.stop();

    for (const tenant of tenants) {
      const seqs = (await journal(tenant)).map(({ seq }) => Number(seq));
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect(told.get(tenant)?.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual(seqs);
    }
    expect((await database.hot.query("SELECT count(*)::int AS n FROM outbox")).rows).toEqual([{ n: 0 }]);
  });

  it("chains each entry to the one before, so that anyone can recompute it", async () => {
    let before = Buffer.from([0]);
    for (const row of await journal(tenants[0] as TenantId)) {
      expect(row.prev_hash).toEqual(before);
      const fields = [row.tenant_id, row.seq, row.type, row.entity_id, row.entity_version];
      const canonical = [...fields, row.actor_id ?? "-", row.device_id ?? "-", row.scan_id ?? "-", row.at, row.payload];
      before = createHash("sha256").update(before).update(canonical.join("\x1f")).digest();
      expect(row.hash).toEqual(before);
    }
  });

  it("keeps the numbers whole over an entry that only a newer release knows", async () => {
    const [tenant] = tenants as [TenantId];
    await database.hot.query(
      "INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES ($1, 'newer.release', $1, 0, '{}')",
      [tenant],
    );
    const told: string[] = [];
    const relay = startRelay(database, {
      everyMs: 60_000,
      onTrouble: (cause) => {
        throw cause;
      },
      onNews: (_tenant, { events }) => told.push(...events.map(({ type }) => type)),
    });
    relay.poke();
    await relay.stop();
    expect(told).toEqual(["unknown"]);
  });

  it.each(["UPDATE journal SET type = 'x'", "DELETE FROM journal", "TRUNCATE journal"])(
    "writes a journal that even the owner cannot change: %s",
    async (statement) => {
      await expect(database.hot.query(statement)).rejects.toThrow("append only");
    },
  );
});
