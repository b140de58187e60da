import { migrate } from "@tessera/db";
import { emptyServerDatabase } from "@tessera/db/testing";
import pg from "pg";
import { buildHouse, type House } from "../redeem/house.ts";

/** A tenant with a desk and fresh codes, in a database of its own. */
export interface OpenHouse extends House {
  /** The database, as the product's own login, and as one that row security does not hold for. */
  url: string;
  openUrl: string;
  close(): Promise<void>;
}

/**
 * @param adminUrl Of a superuser: the house is filled past row security.
 * @param size How many codes; all are fresh.
 */
export async function openHouse(adminUrl: string, size: number): Promise<OpenHouse> {
  const { url, drop } = await emptyServerDatabase(adminUrl);
  try {
    await migrate(url);
    const openUrl = new URL(adminUrl);
    openUrl.pathname = new URL(url).pathname;
    const filler = new pg.Client({ connectionString: openUrl.href });
    await filler.connect();
    try {
      const house = await buildHouse(filler, size);
      await house.refill(size);
      return { ...house, url, openUrl: openUrl.href, close: drop };
    } finally {
      await filler.end();
    }
  } catch (error) {
    await drop();
    throw error;
  }
}
