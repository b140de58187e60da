import { setTimeout as after } from "node:timers/promises";
import type { Books, Heard } from "../common/crowd/crowd.ts";
import { openCrowd } from "../common/crowd/remote-crowd.ts";
import type { OpenHouse } from "../common/open-house.ts";
import { productNews } from "../common/product-news.ts";
import { type Server, startProduct } from "../common/servers.ts";
import { settingsFor } from "../fanout/contenders.ts";

/** Several processes of the product with very many subscribers, and one of them is killed. */
export interface OneDies {
  processes: number;
  subscribers: number;
  /** Of the killed one. */
  thrownOut: number;
  before: Heard;
  /** From the kill until the last of them was told the news again, and everybody had every number. */
  allBackMs: number;
  books: Books;
}

export interface OneDiesOptions {
  processes: number;
  subscribers: number;
  everyMs: number;
}

/** How long everybody may take to come back before we stop waiting. */
const PATIENCE_MS = 90_000;
const BEFORE_MS = 3_000;
const PIECES = 400;

export async function oneDies(house: OpenHouse, options: OneDiesOptions): Promise<OneDies> {
  const { processes, subscribers, everyMs } = options;
  const servers: Server[] = [];
  const start = () => startProduct(settingsFor(house, subscribers));
  try {
    for (let n = 0; n < processes; n++) servers.push(await start());
    const ports = servers.map(({ url }) => Number(new URL(url).port));
    const crowd = await openCrowd({ ports, dialect: "ours", token: house.token, comesBack: true });
    try {
      await crowd.enter(subscribers);
      const [stays] = servers as [Server];
      await crowd.publish(productNews(house).take(stays.url, PIECES, everyMs));
      await after(1_000);
      const before = await crowd.listen(BEFORE_MS);

      const killedAt = performance.now();
      await servers.at(-1)?.kill();
      await after(2_000); // news goes on while they come back
      await crowd.untilAllIn(PATIENCE_MS);
      await crowd.stopPublishing();
      const books = await crowd.settle(PATIENCE_MS);
      const allBackMs = performance.now() - killedAt;
      return { processes, subscribers, thrownOut: books.lost.cut ?? 0, before, allBackMs, books };
    } finally {
      await crowd.close();
    }
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
  }
}
