// The embedded database in its own thread: a long query does not hold up the server's sockets. Plain JavaScript, so
// that it starts the same from source and from the built server.

import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const database = await PGlite.create({
  ...(workerData.folder === null ? {} : { dataDir: workerData.folder }),
  extensions: { btree_gist }, // reservations exclude each other by a thing's id and a range together
});
const server = new PGLiteSocketServer({ db: database, path: workerData.socket, maxConnections: 64 });
await server.start();
parentPort?.postMessage("ready");

parentPort?.once("message", async () => {
  await server.stop();
  await database.close();
  parentPort?.postMessage("stopped");
});
