// The whole product, from its sources, with one change: a socket may say as much as it likes, or there would be nothing to measure.
import { readConfig } from "../../../../apps/server/src/config.ts";
import { openLog } from "../../../../apps/server/src/log.ts";
import { serve } from "../../../../apps/server/src/serve.ts";

const [databaseUrl = "", secret = ""] = process.argv.slice(2);
const config = readConfig({ DATABASE_URL: databaseUrl, TESSERA_SECRET: secret }, ["--no-demo"]);
const sockets = {
  messagesPerSecond: Number.MAX_SAFE_INTEGER,
  burst: Number.MAX_SAFE_INTEGER,
  socketsPerCaller: 1_000,
};
const { port } = await serve({ ...config, port: 0, sockets }, openLog("fatal"));
console.log(`port ${port}`);
