/// <reference path="../../../../packages/domain/src/guard/redlock.d.ts" />
import type { Database } from "@tessera/db";
import { Redis } from "ioredis";
import Redlock from "redlock";
import type { House } from "../house.ts";
import { inTransaction, readAndWrite } from "./naive.ts";

/** A lock in front of whatever follows, with the library's own settings. */
export interface Locked {
  hold<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): void;
}

/** @param redisUrl One node. */
export function stockRedlock(redisUrl: string): Locked {
  const node = new Redis(redisUrl);
  const redlock = new Redlock([node]);

  return {
    async hold(name, work) {
      // Without an end to its tries, which are ten in the library: everybody shall get an answer here.
      const lock = await redlock.acquire([`lock:${name}`], 5_000, { retryCount: -1 });
      try {
        return await work();
      } finally {
        await lock.release().catch(() => {}); // it may have ended by itself
      }
    },
    close: () => node.disconnect(),
  };
}

/** The lock decides: behind it, the code is read and then written, without a row lock. */
export function lockThenReadAndWrite({ prisma }: Database, house: House, redisUrl: string) {
  const { hold, close } = stockRedlock(redisUrl);
  return {
    redeem: ({ lookup }: { lookup: Buffer }) =>
      hold(lookup.toString("hex"), () => inTransaction(prisma, (tx) => readAndWrite(tx, house, lookup))),
    close: async () => close(),
  };
}
