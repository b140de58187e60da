import type { TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { ringCache } from "./ring-cache.ts";
import type { SigningKey } from "./signing-key.ts";
import { NOON, signingTenant } from "./testing.ts";

const ONE = "one" as TenantId;
const TWO = "two" as TenantId;

async function world() {
  const active = await (await signingTenant()).makeKey(1);
  const book = { reads: 0, keys: [active] as SigningKey[], isDown: false };
  let now = NOON;
  const cache = ringCache(() => now);
  const ring = async () => {
    book.reads += 1;
    if (book.isDown) throw new Error("the database is away");
    return book.keys;
  };
  return {
    active,
    book,
    cache,
    keyIds: async (tenant = ONE) => [...(await cache.of(tenant, { ring })).keys()],
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

describe("the ring cache", () => {
  it("asks once for a crowd, and once for each tenant", async () => {
    const { book, keyIds } = await world();
    await Promise.all(Array.from({ length: 50 }, () => keyIds()));
    expect(book.reads).toBe(1);
    await keyIds(TWO);
    expect(book.reads).toBe(2);
  });

  it("asks again after five seconds", async () => {
    const { book, keyIds, pass } = await world();
    await keyIds();
    pass(4_999);
    await keyIds();
    expect(book.reads).toBe(1);
    pass(1);
    await keyIds();
    expect(book.reads).toBe(2);
  });

  it("knows of a revoked key as soon as it is told to forget", async () => {
    const { active, book, cache, keyIds } = await world();
    expect(await keyIds()).toEqual([1]);
    book.keys = [{ ...active, state: "revoked" }];
    expect(await keyIds()).toEqual([1]);
    cache.forget(ONE);
    expect(await keyIds()).toEqual([]);
  });

  it("does not keep a failure", async () => {
    const { book, keyIds } = await world();
    book.isDown = true;
    await expect(keyIds()).rejects.toThrow("away");
    book.isDown = false;
    expect(await keyIds()).toEqual([1]);
  });
});
