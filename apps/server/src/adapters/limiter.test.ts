import { randomUUID } from "node:crypto";
import type { Quota } from "@tessera/domain/limits/policies";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWith, redis } from "@tessera/vitest/services";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openLimiter } from "./limiter.ts";

const quota = (points: number, more: Partial<Quota> = {}): Quota => ({
  class: "scan",
  holder: "desk",
  id: randomUUID(),
  points,
  ...more,
});

/** A limiter, and what it told. */
async function limiterOver(redisUrls: readonly string[] | null, factor = 1) {
  const told = { refused: [] as string[], troubles: 0 };
  const limiter = openLimiter({
    factor,
    redisUrls,
    onRefused: (limitClass) => told.refused.push(limitClass),
    onTrouble: () => told.troubles++,
  });
  onTestFinished(limiter.close);
  await expect.poll(limiter.isShared).toBe(redisUrls !== null);
  return { limiter, told };
}

/** What every limiter does, wherever it counts. */
function keepsLimits(urls: () => readonly string[] | null) {
  it("lets so many through in a minute, and refuses the rest, telling when it begins anew", async () => {
    const { limiter, told } = await limiterOver(urls());
    const mine = quota(3);
    const taken = [];
    for (let call = 0; call < 5; call++) taken.push(await limiter.take(mine));
    expect(taken.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    for (const { resetsInMs, limit } of taken) {
      expect(limit).toBe(3);
      expect(resetsInMs).toBeGreaterThan(50_000);
      expect(resetsInMs).toBeLessThanOrEqual(60_000);
    }
    expect(told.refused).toEqual(["scan", "scan"]);
  });

  it("counts each holder, and each class of calls, by itself", async () => {
    const { limiter } = await limiterOver(urls());
    const mine = quota(1);
    expect(await limiter.take(mine)).toMatchObject({ isAllowed: true });
    expect(await limiter.take({ ...mine, id: randomUUID() })).toMatchObject({ isAllowed: true });
    expect(await limiter.take({ ...mine, class: "read" })).toMatchObject({ isAllowed: true });
    expect(await limiter.take({ ...mine, holder: "staff" })).toMatchObject({ isAllowed: true });
    expect(await limiter.take(mine)).toMatchObject({ isAllowed: false });
  });

  it("lets exactly so many of a crowd through", async () => {
    const { limiter } = await limiterOver(urls());
    const mine = quota(20);
    const taken = await Promise.all(Array.from({ length: 200 }, () => limiter.take(mine)));
    expect(taken.filter(({ isAllowed }) => isAllowed)).toHaveLength(20);
  });

  it("has the limits that a deployment chose: so many times those of the table", async () => {
    const { limiter } = await limiterOver(urls(), 0.5);
    const mine = quota(4);
    await limiter.take(mine);
    expect(await limiter.take(mine)).toMatchObject({ isAllowed: true, limit: 2, remaining: 0 });
    expect(await limiter.take(mine)).toMatchObject({ isAllowed: false });
  });
}

describe("a limiter in one process", () => {
  keepsLimits(() => null);
});

describeWith(redis, "a limiter over Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  keepsLimits(() => [server.url]);

  it("counts for all processes together", async () => {
    const [one, other] = [await limiterOver([server.url]), await limiterOver([server.url])];
    const mine = quota(2);
    await one.limiter.take(mine);
    await other.limiter.take(mine);
    expect(await one.limiter.take(mine)).toMatchObject({ isAllowed: false });
    expect(await other.limiter.take(mine)).toMatchObject({ isAllowed: false });
  });

  it("counts by itself while Redis is gone, with its share of what is allowed: less exact, never open", async () => {
    const gone = await startRedis();
    const { limiter, told } = await limiterOver([gone.url]);
    await limiter.take(quota(1));
    await gone.stop();
    await expect.poll(limiter.isShared).toBe(false);
    limiter.shareAmong(4);
    const mine = quota(8);
    const taken = [];
    for (let call = 0; call < 4; call++) taken.push(await limiter.take(mine));
    expect(taken.map(({ isAllowed }) => isAllowed)).toEqual([true, true, false, false]);
    expect(told.troubles).toBeGreaterThan(0);
  });
});
