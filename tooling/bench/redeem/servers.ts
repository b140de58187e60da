import { type Server, startProduct, startServer } from "../common/servers.ts";
import { type House, SECRET } from "./house.ts";

/** Our server, built, as a deployment runs it. */
export const startOurs = (databaseUrl: string, redisUrl: string): Promise<Server> =>
  startProduct({ DATABASE_URL: databaseUrl, REDIS_URLS: redisUrl, TESSERA_SECRET: SECRET, TESSERA_RATE_LIMITS: "off" });

/** The stock stack. @param databaseUrl As a login that row security does not hold for. */
export const startStock = (databaseUrl: string, redisUrl: string, house: House): Promise<Server> =>
  startServer(new URL("stock-server.ts", import.meta.url), [databaseUrl, redisUrl, house.tenantId, house.deviceId]);
