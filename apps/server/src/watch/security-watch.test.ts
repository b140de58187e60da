import type { SecurityPost } from "@tessera/api";
import type { TenantId } from "@tessera/contracts";
import { securityDesk } from "@tessera/db";
import { builders, embeddedForTest, type TestDatabase } from "@tessera/db/testing";
import { Failed } from "@tessera/domain/failed";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flagWorld } from "./flag-watch-testing.ts";

describe("suspicion and the breaker, on a driven clock and a real database", () => {
  let database: TestDatabase;
  let tenant: TenantId;
  let house: ReturnType<typeof flagWorld>;

  beforeAll(async () => {
    database = await embeddedForTest();
    tenant = await builders(database).tenant({ slug: "first", name: "First" });
    house = flagWorld(database, [tenant]);
  });
  beforeEach(() => house.reset());
  afterAll(() => database?.close());

  const state = async () => (await house.setting()).breaker.state;

  /** Two stories of one desk: critical at once. */
  const cloned = (post: SecurityPost, desk: number) =>
    post.note({
      ...{ kind: "desk_cloned", tenantId: tenant, what: "quarantined", address: "203.0.113.7" },
      ...{ subject: { kind: "desk", id: `desk ${desk}` }, name: `Desk ${desk}` },
    });

  it("opens at three critical alerts, with the incident that says so, and not at two", async () => {
    const security = house.securityWatch();
    const flags = house.process();
    for (const desk of [1, 2]) cloned(security.post, desk);
    for (let again = 0; again < 50; again++) cloned(security.post, 1); // one alert, however often
    await security.look();
    await flags.watch.look();
    expect(await state()).toBe("closed");

    house.pass(1);
    cloned(security.post, 3);
    await security.look();
    await flags.watch.look();
    expect(await state()).toBe("open");
    expect(house.world.incidents).toMatchObject([{ rule: "security_alerts", severity: "P1" }]);
    expect(house.world.told).toEqual(Array(3).fill("desk_cloned critical"));
  });

  it("stays closed when three come over more than its window, and when they are no more than warnings", async () => {
    const security = house.securityWatch();
    const flags = house.process();
    for (const desk of [1, 2, 3]) {
      cloned(security.post, desk);
      await security.look();
      house.pass(6);
    }
    for (let tries = 0; tries < 300; tries++)
      security.post.note({
        ...{ kind: "failed_sign_ins", tenantId: null, what: "sign_in", name: null, address: "203.0.113.9" },
        subject: { kind: "address", id: `203.0.113.${tries % 10}` },
      });
    await security.look();
    await flags.watch.look();
    expect(await state()).toBe("closed");
    expect(house.world.told).toContain("failed_sign_ins warning");
  });

  it("keeps what it could not write down, and writes it once the database is back", async () => {
    const desk = securityDesk(database, () => {});
    let isAway = true;
    const security = house.securityWatch({
      ...desk,
      raise: (all) => (isAway ? Promise.reject(new Failed("unavailable")) : desk.raise(all)),
    });
    cloned(security.post, 1);
    await security.look();
    expect(await house.rows("SELECT 1 FROM security_alerts")).toEqual([]);
    isAway = false;
    await security.look();
    expect(await house.rows("SELECT severity, count::int FROM security_alerts")).toEqual([
      { severity: "critical", count: 1 },
    ]);
  });

  it("goes by the blocks that it knows while they cannot be read", async () => {
    const blocked = [{ tenantId: tenant, address: "203.0.113.7", until: null }];
    let isAway = false;
    const security = house.securityWatch({
      raise: async () => [],
      blocks: () => (isAway ? Promise.reject(new Failed("unavailable")) : Promise.resolve(blocked)),
    });
    await security.look();
    isAway = true;
    await security.look();
    expect(security.post.blockedBy("203.0.113.7", tenant)).toBe("tenant");
  });

  it("reads again for who asks while it is read: what was blocked before the question holds after it", async () => {
    let address = "203.0.113.1";
    const waiting: (() => void)[] = [];
    const security = house.securityWatch({
      raise: async () => [],
      blocks: () => {
        const read = [{ tenantId: tenant, address, until: null }];
        return new Promise((resolve) => waiting.push(() => resolve(read)));
      },
    });
    const first = security.post.refresh();
    address = "203.0.113.2";
    const second = security.post.refresh();
    waiting[0]?.();
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]?.();
    await Promise.all([first, second]);
    expect(security.post.blockedBy("203.0.113.2", tenant)).toBe("tenant");
  });
});
