import { randomUUID } from "node:crypto";
import { bundled } from "../common/bundled.ts";
import type { Publishing } from "../common/crowd/crowd.ts";
import type { DialectName } from "../common/crowd/dialects.ts";
import type { OpenHouse } from "../common/open-house.ts";
import { productNews } from "../common/product-news.ts";
import { type Server, startProduct, startServer } from "../common/servers.ts";
import { SECRET } from "../redeem/house.ts";
import { names } from "./names.ts";

/** One who tells news to many. */
export interface Contender {
  name: string;
  dialect: DialectName;
  token: string;
  start(): Promise<Server>;
  /** How its news is made. */
  news(server: Server, count: number, everyMs: number): Publishing;
}

const PEERS = [
  { name: names.raw, file: "raw-news", dialect: "raw" },
  { name: names.stock, file: "trpc-news", dialect: "trpc" },
  { name: names.socketIo, file: "socket-io-news", dialect: "socketIo" },
  { name: names.oldSocketIo, file: "socket-io-4-6-news", dialect: "socketIo" },
] as const;

/** @param most How many sockets there will be at one server. */
export async function contenders(house: OpenHouse, most: number): Promise<Contender[]> {
  const files = await bundled(PEERS.map(({ file }) => new URL(`servers/${file}.ts`, import.meta.url)));
  const redemptions = productNews(house);
  const ours: Contender = {
    name: names.ours,
    dialect: "ours",
    token: house.token,
    start: () => startProduct(settingsFor(house, most)),
    news: (server, count, everyMs) => redemptions.take(server.url, count, everyMs),
  };
  const peers = PEERS.map(
    ({ name, dialect }, index): Contender => ({
      name,
      dialect,
      token: "",
      start: () => startServer(files[index] as URL),
      news: ({ url }, count, everyMs) => ({ url, path: "/", headers: {}, bodies: eventsLike(count), everyMs }),
    }),
  );
  return [ours, ...peers];
}

/** Of a deployment in which one desk may have as many sockets as there are. */
export const settingsFor = (house: OpenHouse, most: number): Record<string, string> => ({
  DATABASE_URL: house.url,
  TESSERA_SECRET: SECRET,
  TESSERA_RATE_LIMITS: "off",
  TESSERA_SOCKETS: String(most + 1_000),
  TESSERA_SOCKETS_PER_CALLER: String(most + 1_000),
  TESSERA_UPGRADES: String(most),
});

/** What the product's journal says of redemptions, to the letter but for the ids. */
const eventsLike = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      seq: index + 1,
      type: "code.redeemed",
      entityId: randomUUID(),
      at: new Date().toISOString(),
      payload: {
        redemptionId: randomUUID(),
        checkoutId: randomUUID(),
        purpose: "check_out",
        resourceId: randomUUID(),
        holderId: randomUUID(),
        dueAt: new Date().toISOString(),
        useNo: 1,
        resourceVersion: 1,
      },
    }),
  );
