import { randomUUID } from "node:crypto";
import type { Publishing } from "./crowd/crowd.ts";
import type { OpenHouse } from "./open-house.ts";

/** Real news of the product: each piece is a redemption that a desk asks for, of a code of its own. */
export interface ProductNews {
  /** @param url Of the server that redeems. @throws RangeError When so many codes are not left. */
  take(url: string, count: number, everyMs: number): Publishing;
}

export function productNews({ codes, token }: OpenHouse): ProductNews {
  let used = 0;
  return {
    take(url, count, everyMs) {
      const fresh = codes.slice(used, used + count);
      used += count;
      if (fresh.length < count) throw new RangeError(`the house had only ${codes.length} codes`);
      const bodies = fresh.map(({ text }) => JSON.stringify({ scanId: randomUUID(), text, source: "camera" }));
      return { url, path: "/trpc/qr.redeem", headers: { authorization: `Bearer ${token}` }, bodies, everyMs };
    },
  };
}
