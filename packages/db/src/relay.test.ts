import { createHash } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import { follow } from "@tessera/domain/events/follow";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalOf } from "./reads/journal.ts";
import { startRelay } from "./relay.ts";
import { builders, embeddedForTest, inRole, inTenant, scopeOf, type TestDatabase } from "./testing.ts";

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

  it("reads the events of those tenants only that somebody listens to, and says of the others what they are about", async () => {
    const told = new Map<TenantId, News>();
    await change(database, "heard by one");
    const [heard, unheard] = tenants as [TenantId, TenantId];
    const relay = startRelay(database, {
      everyMs: 60_000,
      heard: () => [heard],
      onTrouble: (cause) => {
        throw cause;
      },
      onNews: (tenant, news) => told.set(tenant, news),
    });
    relay.poke();
    await relay.stop();

    expect(told.get(heard)?.events).toMatchObject([{ type: "flag.changed", seq: told.get(heard)?.upTo }]);
    expect(told.get(unheard)).toEqual({ upTo: told.get(unheard)?.upTo, events: [], about: ["flag.changed"] });
    expect(told.get(unheard)?.upTo).toBeGreaterThan(0);
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

  const FAR_APART = { everyMs: 60_000, heartbeatMs: 60_000 };
  const PATIENCE = { timeout: 10_000 };

  /** Written and relayed in one transaction: no other relay can come in between. */
  async function relayedElsewhere(): Promise<void> {
    const client = await database.hot.connect();
    await client.query("BEGIN");
    await client.query(
      "INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES ($1, 'device.paired', $1, 0, $2)",
      [tenants[0], { name: "Desk" }],
    );
    await client.query("SELECT count(*) FROM relay_outbox(500)");
    await client.query("COMMIT");
    client.release();
  }

  /** A listener of one tenant over a bus that loses messages while `isLossy` says so. */
  async function listener(options: { everyMs: number; heartbeatMs: number; isLossy: () => boolean }) {
    const [tenant] = tenants as [TenantId];
    const heard: number[] = [];
    const bus = inProcessBus();
    const listening = new AbortController();
    const log = journalOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)));
    const seen = await log.head();
    const arrivals = bus.listen(tenant, listening.signal);
    const following = (async () => {
      for await (const { seq } of follow(log, arrivals, seen)) heard.push(seq);
    })();
    const relay = startRelay(database, {
      ...options,
      onTrouble: () => {},
      onNews: (of, news) => {
        if (of !== tenant || !options.isLossy()) bus.publish(of, news);
      },
    });
    return {
      seen,
      heard,
      relay,
      async close() {
        await relay.stop();
        listening.abort();
        await following;
      },
    };
  }

  /** Loses the first message and no other. */
  function losingTheFirst() {
    let told = 0;
    return () => told++ === 0;
  }

  it("heals a message that was lost on the bus: the next heartbeat tells the head again", async () => {
    const { heard, seen, relay, close } = await listener({ ...FAR_APART, heartbeatMs: 20, isLossy: losingTheFirst() });
    await change(database, "told, and lost on the way");
    relay.poke();
    await expect.poll(() => heard, PATIENCE).toEqual([seen + 1]);
    await close();
  });

  it("would leave the listener waiting without the heartbeat", async () => {
    const { heard, relay, close } = await listener({ ...FAR_APART, isLossy: losingTheFirst() });
    await change(database, "told, and lost on the way");
    relay.poke();
    await close(); // after the look that the poke began
    expect(heard).toEqual([]);
  });

  it("hears of what another process relayed while it has no rest itself", async () => {
    const { heard, seen, relay, close } = await listener({ ...FAR_APART, everyMs: 20, isLossy: () => false });
    const busy = setInterval(relay.poke, 0);
    await relayedElsewhere();
    await expect.poll(() => heard, PATIENCE).toEqual([seen + 1]);
    clearInterval(busy);
    await close();
  });

  it.each(["UPDATE journal SET type = 'x'", "DELETE FROM journal", "TRUNCATE journal"])(
    "writes a journal that even the owner cannot change: %s",
    async (statement) => {
      await expect(database.hot.query(statement)).rejects.toThrow("append only");
    },
  );
});
